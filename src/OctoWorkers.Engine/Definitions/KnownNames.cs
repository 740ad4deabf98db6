using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Names of what exists already: what a store holds.</summary>
/// <param name="Environments">Names of its environments.</param>
/// <param name="Pools">Names of its worker pools.</param>
/// <param name="Runbooks">Names of its runbooks.</param>
public sealed record KnownNames(
    IReadOnlyCollection<string> Environments, IReadOnlyCollection<string> Pools, IReadOnlyCollection<string> Runbooks)
{
    /// <summary>What a new store holds: the default worker pool and the default variable set.</summary>
    public static KnownNames NewStore { get; } = new([], [WorkerPoolDefinition.DefaultName], []);

    /// <summary>Names of its feeds, the built-in one among them.</summary>
    public IReadOnlyCollection<string> Feeds { get; init; } = [FeedRecord.BuiltInName];

    /// <summary>Names of its tenants.</summary>
    public IReadOnlyCollection<string> Tenants { get; init; } = [];

    /// <summary>Tags of its tenants, as <c>Set/Tag</c>.</summary>
    public IReadOnlyCollection<string> TenantTags { get; init; } = [];

    /// <summary>Tags of its deployment targets.</summary>
    public IReadOnlyCollection<string> TargetTags { get; init; } = [];

    /// <summary>Names of its workers and deployment targets.</summary>
    public IReadOnlyCollection<string> Machines { get; init; } = [];

    /// <summary>Names of the steps of its runbooks.</summary>
    public IReadOnlyCollection<string> Steps { get; init; } = [];

    /// <summary>Names of its variable sets.</summary>
    public IReadOnlyCollection<string> VariableSets { get; init; } = [VariableSetDefinition.DefaultName];

    /// <summary>Names of its machine policies.</summary>
    public IReadOnlyCollection<string> Policies { get; init; } = [MachinePolicyDefinition.DefaultName];

    /// <summary>Names of its script modules.</summary>
    public IReadOnlyCollection<string> ScriptModules { get; init; } = [];

    /// <summary>The names of what a store holds.</summary>
    /// <param name="stored">What it holds.</param>
    public static KnownNames Of(StoredDefinitions stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return new(
            [.. stored.Environments.Select(environment => environment.Name)],
            [.. stored.Pools.Select(pool => pool.Name)],
            [.. stored.Runbooks.Select(runbook => runbook.Definition.Name)])
        {
            Machines = [.. stored.Workers.Select(worker => worker.Name), .. stored.Targets.Select(target => target.Name)],
            TargetTags = [.. stored.Targets.SelectMany(target => target.Tags).Distinct(EntityName.Comparer)],
            Policies = [.. stored.Policies.Select(policy => policy.Definition.Name).Append(MachinePolicyDefinition.DefaultName)],
            Feeds = [FeedRecord.BuiltInName, .. stored.Feeds.Select(feed => feed.Name)],
            Tenants = [.. stored.Tenants.Select(tenant => tenant.Name)],
            TenantTags = [.. stored.Tenants.SelectMany(tenant => tenant.Tags).Select(tag => tag.ToString())],
            Steps = [.. stored.Runbooks.SelectMany(runbook => runbook.Definition.Steps).Select(step => step.Name)],
            VariableSets = [.. stored.VariableSets.Select(set => set.Definition.Name)],
            ScriptModules = [.. stored.ScriptModules.Select(module => module.Name)],
        };
    }
}
