namespace OctoWorkers;

/// <summary>How a pool chooses among its eligible workers.</summary>
public enum PoolPolicy
{
    /// <summary>The next one in pool order after the one drawn last for the runbook.</summary>
    RoundRobin,
    /// <summary>The one with the fewest active leases; of several, the next one in pool order.</summary>
    LeastLeases,
}
