namespace OctoWorkers.Engine.Definitions;

/// <summary>Names of what exists already: what a store holds.</summary>
/// <param name="Environments">Names of its environments.</param>
/// <param name="Pools">Names of its worker pools.</param>
/// <param name="Runbooks">Names of its runbooks.</param>
public sealed record KnownNames(
    IReadOnlyCollection<string> Environments, IReadOnlyCollection<string> Pools, IReadOnlyCollection<string> Runbooks)
{
    /// <summary>What a new store holds: the default worker pool.</summary>
    public static KnownNames NewStore { get; } = new([], [WorkerPoolDefinition.DefaultName], []);
}
