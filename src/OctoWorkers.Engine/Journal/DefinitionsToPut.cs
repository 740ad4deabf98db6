namespace OctoWorkers.Engine.Journal;

/// <summary>
/// Definitions that are added, or take the place of those of the same name, together. They are put in this order: environments, pools, workers, runbooks;
/// so that a worker may be in a pool that is put with it.
/// </summary>
public sealed record DefinitionsToPut
{
    /// <summary>The environments.</summary>
    public IReadOnlyList<EnvironmentDefinition> Environments { get; init; } = [];

    /// <summary>The worker pools; the last one that is to be the default becomes it.</summary>
    public IReadOnlyList<WorkerPoolDefinition> Pools { get; init; } = [];

    /// <summary>The workers.</summary>
    public IReadOnlyList<WorkerDefinition> Workers { get; init; } = [];

    /// <summary>The runbooks.</summary>
    public IReadOnlyList<RunbookDefinition> Runbooks { get; init; } = [];

    /// <summary>Whether there is nothing to put.</summary>
    public bool IsEmpty => Environments.Count + Pools.Count + Workers.Count + Runbooks.Count == 0;
}
