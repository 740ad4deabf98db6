namespace OctoWorkers.Engine.Journal;

/// <summary>Everything that a store has of definitions.</summary>
/// <param name="Environments">The environments, by id.</param>
/// <param name="Pools">The worker pools, by id.</param>
/// <param name="Workers">The workers, by id, without the built-in one.</param>
/// <param name="Tenants">The tenants, by name.</param>
/// <param name="VariableSets">The variable sets, by name; every secret in them is sealed.</param>
/// <param name="ScriptModules">The script modules, by name.</param>
/// <param name="Runbooks">The runbooks, by name.</param>
public sealed record StoredDefinitions(
    IReadOnlyList<EnvironmentRecord> Environments,
    IReadOnlyList<WorkerPoolRecord> Pools,
    IReadOnlyList<WorkerRecord> Workers,
    IReadOnlyList<TenantRecord> Tenants,
    IReadOnlyList<VariableSetRecord> VariableSets,
    IReadOnlyList<ScriptModule> ScriptModules,
    IReadOnlyList<RunbookRecord> Runbooks)
{
    /// <summary>The machine policies, by name.</summary>
    public IReadOnlyList<MachinePolicyRecord> Policies { get; init; } = [];

    /// <summary>The deployment targets, by id.</summary>
    public IReadOnlyList<DeploymentTargetRecord> Targets { get; init; } = [];

    /// <summary>The feeds of packages, by id, without the built-in one.</summary>
    public IReadOnlyList<FeedRecord> Feeds { get; init; } = [];
}
