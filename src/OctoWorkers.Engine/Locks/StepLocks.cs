namespace OctoWorkers.Engine.Locks;

/// <summary>
/// The locks that a step takes before it begins: that of its machine; on a worker on behalf of a deployment target that of the target first. Who holds a worker's
/// lock never waits for that of a target, so that no two steps wait for each other.
/// </summary>
/// <param name="Target">The deployment target's; null when it is about none.</param>
/// <param name="Worker">The worker's; null when it runs on the target itself.</param>
internal sealed record StepLocks(LockRequest? Target, LockRequest? Worker)
{
    /// <summary>Those that there are, in the order in which they are taken.</summary>
    public IEnumerable<LockRequest> InOrder => ((LockRequest?[])[Target, Worker]).OfType<LockRequest>();

    /// <summary>Whether the same is asked for, whenever that was.</summary>
    public bool IsSame(StepLocks? other) => other is not null && AreSame(Target, other.Target) && AreSame(Worker, other.Worker);

    private static bool AreSame(LockRequest? one, LockRequest? other)
        => one is null ? other is null : other is not null && one with { At = other.At } == other;
}
