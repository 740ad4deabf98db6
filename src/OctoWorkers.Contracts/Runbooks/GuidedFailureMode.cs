namespace OctoWorkers;

/// <summary>Whether a step that failed asks a person what to do next. The run's own wish counts, then the runbook's, then the environment's; without any it is off.</summary>
public enum GuidedFailureMode
{
    /// <summary>As said one place further: the runbook, the environment, off.</summary>
    Default,
    /// <summary>A step that failed has failed.</summary>
    Off,
    /// <summary>A step that failed waits for a person.</summary>
    On,
}
