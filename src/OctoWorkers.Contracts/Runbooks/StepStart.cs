namespace OctoWorkers;

/// <summary>When a step starts, relative to the step before it.</summary>
public enum StepStart
{
    /// <summary>When the previous step, and those that run with it, have ended.</summary>
    AfterPrevious,
    /// <summary>Together with the previous step.</summary>
    WithPrevious,
}
