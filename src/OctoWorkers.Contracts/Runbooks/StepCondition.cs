namespace OctoWorkers;

/// <summary>When a step runs, given how the steps before it ended.</summary>
public enum StepCondition
{
    /// <summary>Only if all before succeeded.</summary>
    Success,
    /// <summary>Only if one before failed.</summary>
    Failure,
    /// <summary>In any case, also after a cancel.</summary>
    Always,

    /// <summary>If the step's expression is true, whatever happened before; not after a cancel.</summary>
    Variable,
}
