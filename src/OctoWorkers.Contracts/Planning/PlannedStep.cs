namespace OctoWorkers;

/// <summary>What a plan says of one step.</summary>
/// <param name="Number">Its number in the runbook, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="SkipReason">Why it does not run; null when it does.</param>
/// <param name="PoolName">The pool it draws from; null when it is skipped, or waits for a person.</param>
/// <param name="PoolReason">Why that pool, or why none, in words; null when it is skipped.</param>
/// <param name="Key">Its lease key; null when it is skipped, or waits for a person.</param>
/// <param name="Worker">Its worker; null likewise.</param>
/// <param name="WorkerName">The worker's name; null likewise.</param>
public sealed record PlannedStep(
    int Number,
    string Name,
    string? SkipReason,
    string? PoolName,
    string? PoolReason,
    LeaseKey? Key,
    WorkerId? Worker,
    string? WorkerName)
{
    /// <summary>The deployment targets that it runs for, in the order of their names; null when it is about none, or is skipped.</summary>
    public IReadOnlyList<PlannedTarget>? Targets { get; init; }

    /// <summary>Targets with one of its tags that it does not run for, grouped by reason, also where it is skipped for that.</summary>
    public IReadOnlyList<SkippedWorkers> SkippedTargets { get; init; } = [];

    /// <summary>The packages that it refers to, as they were chosen, in order.</summary>
    public IReadOnlyList<PlannedPackage> Packages { get; init; } = [];

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
