namespace OctoWorkers;

/// <summary>Where a step of a run stands.</summary>
public enum StepStatus
{
    /// <summary>Not started.</summary>
    Pending,
    /// <summary>An attempt is under way or due.</summary>
    Running,
    /// <summary>Its last attempt succeeded.</summary>
    Succeeded,
    /// <summary>Its last attempt failed.</summary>
    Failed,
    /// <summary>It did not run.</summary>
    Skipped,
    /// <summary>It was ended by a cancel.</summary>
    Canceled,
    /// <summary>What happened on the worker is not known.</summary>
    Unknown,
}
