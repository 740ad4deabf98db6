namespace OctoWorkers.Engine.Workers;

/// <summary>What the machine policies say of workers. Pure.</summary>
internal static class MachinePolicies
{
    private static readonly MachinePolicyDefinition Unnamed = new(MachinePolicyDefinition.DefaultName);

    /// <summary>The policy of a worker.</summary>
    internal static MachinePolicyDefinition Of(WorkerRecord worker, IReadOnlyList<MachinePolicyRecord> policies)
        => policies.FirstOrDefault(policy => EntityName.Comparer.Equals(policy.Definition.Name, worker.Policy))?.Definition ?? Unnamed;

    /// <summary>Whether a finding says nothing any more; one of an unavailable worker holds less long than others.</summary>
    internal static bool IsDue(WorkerHealth health, MachinePolicyDefinition policy, EngineSettings settings, DateTimeOffset now)
    {
        TimeSpan holds = health.Status == HealthStatus.Unavailable ? settings.UnavailableRecheck : policy.Interval ?? settings.HealthInterval;
        return health.Status == HealthStatus.Unknown || IsOlder(health, holds, now);
    }

    /// <summary>The worker as it is known now: a finding that is older than the policy's interval is none.</summary>
    internal static WorkerRecord AsOf(WorkerRecord worker, MachinePolicyDefinition policy, EngineSettings settings, DateTimeOffset now)
        => worker.Health.Status != HealthStatus.Unknown && IsOlder(worker.Health, policy.Interval ?? settings.HealthInterval, now)
            ? worker with { Health = worker.Health with { Status = HealthStatus.Unknown } }
            : worker;

    /// <summary>Workers as they are known now.</summary>
    internal static IReadOnlyList<WorkerRecord> AsOf(
        IReadOnlyList<WorkerRecord> workers, IReadOnlyList<MachinePolicyRecord> policies, EngineSettings settings, DateTimeOffset now)
        => [.. workers.Select(worker => AsOf(worker, Of(worker, policies), settings, now))];

    /// <summary>Since when a worker must have been unavailable for its policy to remove it; null when it is not to be removed.</summary>
    internal static DateTimeOffset? RemovalLimit(WorkerRecord worker, MachinePolicyDefinition policy, DateTimeOffset now)
        => policy.RemoveUnavailableAfter is { } after && worker is { Leases: 0, Health: { Status: HealthStatus.Unavailable, UnavailableSince: { } since } } && since <= now - after
            ? now - after
            : null;

    // A clock that was set back makes ages negative: then nothing is known either.
    private static bool IsOlder(WorkerHealth health, TimeSpan holds, DateTimeOffset now)
    {
        TimeSpan age = health.CheckedAt is { } at ? now - at : TimeSpan.MaxValue;
        return age < TimeSpan.Zero || age >= holds;
    }
}
