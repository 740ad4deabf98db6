namespace OctoWorkers;

/// <summary>How an attempt of a step ended.</summary>
public enum AttemptOutcome
{
    /// <summary>The script exited with 0, or the child run succeeded.</summary>
    Succeeded,
    /// <summary>It failed.</summary>
    Failed,
    /// <summary>It ran longer than it may and was ended.</summary>
    TimedOut,
    /// <summary>It was ended by a cancel.</summary>
    Canceled,
    /// <summary>Contact with its worker was lost for too long after it had started.</summary>
    Unknown,
    /// <summary>It never started, because its worker could not be reached.</summary>
    NotStarted,
}
