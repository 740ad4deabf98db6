namespace OctoWorkers.Engine.Journal;

/// <summary>
/// Definitions that are added, or take the place of those of the same name, together. They are put in this order: environments, machine policies, pools, workers, tenants, deployment targets, feeds, variable sets, script modules, runbooks;
/// so that a worker may be in a pool that is put with it.
/// </summary>
public sealed record DefinitionsToPut
{
    /// <summary>The environments.</summary>
    public IReadOnlyList<EnvironmentDefinition> Environments { get; init; } = [];

    /// <summary>The machine policies.</summary>
    public IReadOnlyList<MachinePolicyDefinition> Policies { get; init; } = [];

    /// <summary>The worker pools; the last one that is to be the default becomes it.</summary>
    public IReadOnlyList<WorkerPoolDefinition> Pools { get; init; } = [];

    /// <summary>The workers.</summary>
    public IReadOnlyList<WorkerDefinition> Workers { get; init; } = [];

    /// <summary>The deployment targets.</summary>
    public IReadOnlyList<DeploymentTargetDefinition> Targets { get; init; } = [];

    /// <summary>The feeds of packages.</summary>
    public IReadOnlyList<FeedDefinition> Feeds { get; init; } = [];

    /// <summary>The tenants.</summary>
    public IReadOnlyList<TenantDefinition> Tenants { get; init; } = [];

    /// <summary>The variable sets; their secrets are sealed.</summary>
    public IReadOnlyList<VariableSetDefinition> VariableSets { get; init; } = [];

    /// <summary>The script modules.</summary>
    public IReadOnlyList<ScriptModule> ScriptModules { get; init; } = [];

    /// <summary>The runbooks; their secrets are sealed.</summary>
    public IReadOnlyList<RunbookDefinition> Runbooks { get; init; } = [];

    /// <summary>Whether there is nothing to put.</summary>
    public bool IsEmpty => Environments.Count + Policies.Count + Pools.Count + Workers.Count + Targets.Count + Feeds.Count + Tenants.Count + VariableSets.Count + ScriptModules.Count + Runbooks.Count == 0;
}
