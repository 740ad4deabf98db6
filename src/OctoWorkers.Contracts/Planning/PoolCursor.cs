namespace OctoWorkers;

/// <summary>The round-robin cursor of a pool for one runbook: the last worker drawn, and where it stood in the pool.</summary>
/// <param name="Worker">The last worker drawn.</param>
/// <param name="WorkerName">Its name then.</param>
/// <param name="Position">Its place in the pool, which outlives the worker.</param>
public sealed record PoolCursor(WorkerId Worker, string WorkerName, long Position)
{
    /// <summary>The worker's name.</summary>
    public override string ToString() => WorkerName;
}
