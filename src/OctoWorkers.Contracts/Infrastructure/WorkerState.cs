namespace OctoWorkers;

/// <summary>Whether a worker takes new work. Steps already planned on it run in every state (semantics, section 1).</summary>
public enum WorkerState
{
    /// <summary>It takes new leases.</summary>
    Enabled,
    /// <summary>No new leases; it is on its way out.</summary>
    Draining,
    /// <summary>No new leases.</summary>
    Disabled,
}
