namespace OctoWorkers;

/// <summary>Which of the queued runs go first; runs of the same priority go in the order in which they came.</summary>
public enum RunPriority
{
    /// <summary>After all others.</summary>
    Low = -1,
    /// <summary>The default.</summary>
    Normal = 0,
    /// <summary>Before all others.</summary>
    High = 1,
}
