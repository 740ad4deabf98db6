namespace OctoWorkers.Engine.Definitions;

/// <summary>What some definitions files define, in the order of the files and of the places in them. Names of a kind are unique in it.</summary>
public sealed record DefinitionSet
{
    /// <summary>The environments.</summary>
    public IReadOnlyList<Located<EnvironmentDefinition>> Environments { get; init; } = [];

    /// <summary>The worker pools; at most one of them is to become the default.</summary>
    public IReadOnlyList<Located<WorkerPoolDefinition>> Pools { get; init; } = [];

    /// <summary>The machine policies.</summary>
    public IReadOnlyList<Located<MachinePolicyDefinition>> Policies { get; init; } = [];

    /// <summary>The workers.</summary>
    public IReadOnlyList<Located<WorkerDefinition>> Workers { get; init; } = [];

    /// <summary>The deployment targets.</summary>
    public IReadOnlyList<Located<DeploymentTargetDefinition>> Targets { get; init; } = [];

    /// <summary>The feeds of packages.</summary>
    public IReadOnlyList<Located<FeedDefinition>> Feeds { get; init; } = [];

    /// <summary>The runbooks.</summary>
    public IReadOnlyList<Located<RunbookDefinition>> Runbooks { get; init; } = [];

    /// <summary>The tenants.</summary>
    public IReadOnlyList<Located<TenantDefinition>> Tenants { get; init; } = [];

    /// <summary>The variable sets. Their secrets are in the clear until they are sealed.</summary>
    public IReadOnlyList<Located<VariableSetDefinition>> VariableSets { get; init; } = [];

    /// <summary>The script modules.</summary>
    public IReadOnlyList<Located<ScriptModule>> ScriptModules { get; init; } = [];

    /// <summary>Whether nothing is defined.</summary>
    public bool IsEmpty => Environments.Count + Policies.Count + Pools.Count + Workers.Count + Targets.Count + Feeds.Count + Runbooks.Count + Tenants.Count + VariableSets.Count + ScriptModules.Count == 0;

    /// <summary>Every name in the files that refers to something which may be defined elsewhere.</summary>
    public IReadOnlyList<DefinitionReference> References { get; init; } = [];

    /// <summary>
    /// Finds the references to what is neither defined here nor exists. Pure. Runbooks that run each other in a circle are not looked for.
    /// </summary>
    /// <param name="existing">What exists: the names of a store, or <see cref="KnownNames.NewStore"/>.</param>
    /// <returns>A problem for each such reference; empty when there is none.</returns>
    public IReadOnlyList<DefinitionProblem> CheckReferences(KnownNames existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        Dictionary<ReferenceKind, HashSet<string>> known = new()
        {
            [ReferenceKind.Environment] = Names(existing.Environments, Environments.Select(defined => defined.Value.Name)),
            [ReferenceKind.WorkerPool] = Names(existing.Pools, Pools.Select(defined => defined.Value.Name)),
            [ReferenceKind.MachinePolicy] = Names(existing.Policies, Policies.Select(defined => defined.Value.Name)),
            [ReferenceKind.Feed] = Names(existing.Feeds, Feeds.Select(defined => defined.Value.Name)),
            [ReferenceKind.Tenant] = Names(existing.Tenants, Tenants.Select(defined => defined.Value.Name)),
            [ReferenceKind.TenantTag] = Names(existing.TenantTags, Tenants.SelectMany(defined => defined.Value.Tags).Select(tag => tag.ToString())),
            [ReferenceKind.Machine] = Names(existing.Machines, Workers.Select(defined => defined.Value.Name).Concat(Targets.Select(defined => defined.Value.Name))),
            [ReferenceKind.TargetTag] = Names(existing.TargetTags, Targets.SelectMany(defined => defined.Value.Tags)),
            [ReferenceKind.Step] = Names(existing.Steps, Runbooks.SelectMany(defined => defined.Value.Steps).Select(step => step.Name)),
            [ReferenceKind.VariableSet] = Names(existing.VariableSets, VariableSets.Select(defined => defined.Value.Name)),
            [ReferenceKind.ScriptModule] = Names(existing.ScriptModules, ScriptModules.Select(defined => defined.Value.Name)),
            [ReferenceKind.Runbook] = Names(existing.Runbooks, Runbooks.Select(defined => defined.Value.Name)),
        };
        return [.. References
            .Where(reference => !known[reference.Kind].Contains(reference.Name))
            .Select(reference => new DefinitionProblem(
                reference.Location,
                $"there is no {Word(reference.Kind)} named {FoundText.Quote(reference.Name)}{NearestWord.Hint(reference.Name, known[reference.Kind])}"))
            .Distinct()];
    }

    private static HashSet<string> Names(IEnumerable<string> existing, IEnumerable<string> defined)
        => new(existing.Concat(defined), EntityName.Comparer);

    private static string Word(ReferenceKind kind) => kind switch
    {
        ReferenceKind.Environment => "environment",
        ReferenceKind.WorkerPool => "worker pool",
        ReferenceKind.MachinePolicy => "machine policy",
        ReferenceKind.Feed => "feed",
        ReferenceKind.Tenant => "tenant",
        ReferenceKind.TenantTag => "tenant tag",
        ReferenceKind.TargetTag => "deployment target tag",
        ReferenceKind.Machine => "worker or deployment target",
        ReferenceKind.Step => "step",
        ReferenceKind.VariableSet => "variable set",
        ReferenceKind.ScriptModule => "script module",
        _ => "runbook",
    };
}
