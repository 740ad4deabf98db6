namespace OctoWorkers.Engine.Planning;

/// <summary>What a plan is made from, read in one transaction. The same facts give the same plan.</summary>
/// <param name="Pools">All pools, with their members in pool order.</param>
/// <param name="Workers">All workers.</param>
/// <param name="Cursors">The runbook's cursors, by pool; a pool that it never drew from has none.</param>
/// <param name="BuiltInWorkerEnabled">Whether the built-in worker may stand in for an empty default pool.</param>
public sealed record PlanningFacts(
    IReadOnlyList<WorkerPoolRecord> Pools,
    IReadOnlyList<WorkerRecord> Workers,
    IReadOnlyDictionary<WorkerPoolId, PoolCursor> Cursors,
    bool BuiltInWorkerEnabled)
{
    /// <summary>All deployment targets.</summary>
    public IReadOnlyList<DeploymentTargetRecord> Targets { get; init; } = [];

    /// <summary>All machines: workers and deployment targets.</summary>
    public IEnumerable<WorkerRecord> Machines => Workers.Concat(Targets.Select(target => target.Machine));

    /// <summary>All machine policies.</summary>
    public IReadOnlyList<MachinePolicyRecord> Policies { get; init; } = [];

    /// <summary>The built-in worker, with what a check of this process found on it, if there was one.</summary>
    public WorkerRecord BuiltInWorker { get; init; } = WorkerRecord.BuiltIn;
}
