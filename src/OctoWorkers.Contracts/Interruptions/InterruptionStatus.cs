namespace OctoWorkers;

/// <summary>Where an interruption stands.</summary>
public enum InterruptionStatus
{
    /// <summary>Nobody has answered.</summary>
    Pending,
    /// <summary>Somebody has answered.</summary>
    Answered,
    /// <summary>Its run was stopped before anybody answered.</summary>
    Ended,
}
