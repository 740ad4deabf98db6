namespace OctoWorkers.Engine.Queue;

/// <summary>How many steps run at once at the most; what is not there has no cap.</summary>
/// <param name="Workers">By worker.</param>
/// <param name="Pools">By pool.</param>
public sealed record PlaceCaps(IReadOnlyDictionary<WorkerId, int> Workers, IReadOnlyDictionary<WorkerPoolId, int> Pools)
{
    /// <summary>Whether a place on a worker, drawn from a pool, is counted at all.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="pool">The pool.</param>
    public bool Apply(WorkerId worker, WorkerPoolId pool) => Workers.ContainsKey(worker) || Pools.ContainsKey(pool);
}
