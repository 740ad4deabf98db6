namespace OctoWorkers.Engine.Journal;

/// <summary>Everything that a store has of definitions.</summary>
/// <param name="Environments">The environments, by id.</param>
/// <param name="Pools">The worker pools, by id.</param>
/// <param name="Workers">The workers, by id, without the built-in one.</param>
/// <param name="Runbooks">The runbooks, by name.</param>
public sealed record StoredDefinitions(
    IReadOnlyList<EnvironmentRecord> Environments,
    IReadOnlyList<WorkerPoolRecord> Pools,
    IReadOnlyList<WorkerRecord> Workers,
    IReadOnlyList<RunbookRecord> Runbooks);
