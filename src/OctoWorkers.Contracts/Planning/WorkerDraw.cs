namespace OctoWorkers;

/// <summary>One draw of a plan: a new lease key was given a worker.</summary>
/// <param name="Key">The key.</param>
/// <param name="Pool">The pool drawn from.</param>
/// <param name="PoolName">Its name.</param>
/// <param name="Worker">The worker drawn.</param>
/// <param name="WorkerName">Its name.</param>
/// <param name="Before">The cursor before the draw; null when nothing was ever drawn, or for the built-in worker.</param>
/// <param name="After">The cursor after the draw; null for the built-in worker, which moves none.</param>
/// <param name="Skipped">Workers of the pool that were not eligible, grouped by reason.</param>
/// <param name="Reason">Why this worker, in words.</param>
public sealed record WorkerDraw(
    LeaseKey Key,
    WorkerPoolId Pool,
    string PoolName,
    WorkerId Worker,
    string WorkerName,
    PoolCursor? Before,
    PoolCursor? After,
    IReadOnlyList<SkippedWorkers> Skipped,
    string Reason)
{
    /// <summary>What the worker has to have, for all steps that share it; empty: nothing.</summary>
    public IReadOnlyList<CapabilityDemand> Demands { get; init; } = [];

    /// <summary>The draw as a sentence: <c>Setup gives worker2: next after worker1</c>.</summary>
    public override string ToString() => $"{PoolName} gives {WorkerName}: {Reason}";
}
