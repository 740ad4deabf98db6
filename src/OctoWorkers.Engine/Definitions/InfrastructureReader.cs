using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads environments, worker pools, workers, deployment targets and feeds.</summary>
internal sealed class InfrastructureReader(ReadingContext context)
{
    private static readonly string[] EnvironmentKeys = ["name", "description", "retention", "guidedFailure"];
    private static readonly string[] PoolKeys = ["name", "description", "default", "policy", "maxSteps"];
    private static readonly string[] WorkerKeys = ["name", "connection", "pool", "pools", "policy", "tags", "state", "maxSteps"];
    private static readonly string[] TargetKeys = ["name", "connection", "environments", "tags", "policy", "disabled", "bypassDeploymentMutex", "tenants", "tenantTags", "participation"];
    private static readonly string[] FeedKeys = ["name", "path", "description"];

    private static readonly (string, WorkerState)[] States =
        [("enabled", WorkerState.Enabled), ("disabled", WorkerState.Disabled), ("draining", WorkerState.Draining)];

    private static readonly (string, PoolPolicy)[] Policies =
        [("RoundRobin", PoolPolicy.RoundRobin), ("LeastLeases", PoolPolicy.LeastLeases)];

    private static readonly (string, TenantParticipation)[] Participations =
        [.. Enum.GetValues<TenantParticipation>().Select(one => (one.ToString(), one))];

    private readonly ConnectionReader _connections = new(context);
    private SourceLocation? _default;

    internal Located<EnvironmentDefinition>? ReadEnvironment(YamlNode node)
    {
        if (MappingReader.Open(node, "an environment", EnvironmentKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        string description = mapping.Text("description") ?? "";
        GuidedFailureMode guided = mapping.Word("guidedFailure", GuidedFailureWords.All) ?? GuidedFailureMode.Default;
        RetentionPolicy retention = RetentionReader.Read(mapping, context.Problems) ?? RetentionPolicy.Default;
        context.Define("environment", name, mapping.ValueLocation("name"));
        return name is null ? null : new(new(name) { Description = description, Retention = retention, GuidedFailure = guided }, node.Location);
    }

    internal Located<WorkerPoolDefinition>? ReadPool(YamlNode node)
    {
        if (MappingReader.Open(node, "a worker pool", PoolKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        string description = mapping.Text("description") ?? "";
        bool isDefault = mapping.Flag("default");
        PoolPolicy policy = mapping.Word("policy", Policies) ?? PoolPolicy.RoundRobin;
        int? maxSteps = mapping.Number("maxSteps", 1, int.MaxValue);
        context.Define("worker pool", name, mapping.ValueLocation("name"));
        if (isDefault && _default is { } other)
        {
            context.Problems.Add(mapping.KeyLocation("default"), $"two worker pools are to be the default; the other is at {other}");
        }

        _default ??= isDefault ? mapping.KeyLocation("default") : null;
        return name is null ? null : new(new(name) { Description = description, IsDefault = isDefault, Policy = policy, MaxSteps = maxSteps }, node.Location);
    }

    internal async Task<Located<WorkerDefinition>?> ReadWorkerAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "a worker", WorkerKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        context.DefineMachine("worker", "deployment target", name, mapping.ValueLocation("name"));
        WorkerConnection? connection = await ReadConnectionAsync(mapping, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> pools = ReadPools(mapping);
        List<string> tags = [];
        foreach (YamlNode item in mapping.Items("tags"))
        {
            if (ScalarValue.Name(item, "tags", context.Problems) is { } tag)
            {
                tags.Add(tag);
            }
        }

        string? policy = context.Reference(mapping, "policy", ReferenceKind.MachinePolicy);
        WorkerState state = mapping.Word("state", States) ?? WorkerState.Enabled;
        int? maxSteps = mapping.Number("maxSteps", 1, int.MaxValue);
        return name is null || connection is null || pools.Count == 0
            ? null
            : new(new(name, connection, pools) { Tags = tags, Policy = policy, State = state, MaxSteps = maxSteps }, node.Location);
    }

    internal async Task<Located<DeploymentTargetDefinition>?> ReadTargetAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "a deployment target", TargetKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        context.DefineMachine("deployment target", "worker", name, mapping.ValueLocation("name"));
        WorkerConnection? connection = await ReadConnectionAsync(mapping, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> environments = RequiredList(mapping, "environments") ? context.ReferenceList(mapping, "environments", ReferenceKind.Environment) : [];
        IReadOnlyList<string> tags = RequiredList(mapping, "tags") ? context.NameList(mapping, "tags") : [];
        string? policy = context.Reference(mapping, "policy", ReferenceKind.MachinePolicy);
        bool disabled = mapping.Flag("disabled");
        bool bypass = mapping.Flag("bypassDeploymentMutex");
        TargetTenants? tenants = ReadTenants(mapping);
        return name is null || connection is null || tenants is null || environments.Count == 0 || tags.Count == 0
            ? null
            : new(
                new(name, connection, environments, tags) { Policy = policy, Disabled = disabled, BypassDeploymentMutex = bypass, Tenants = tenants },
                node.Location);
    }

    internal Located<FeedDefinition>? ReadFeed(YamlNode node)
    {
        if (MappingReader.Open(node, "a feed", FeedKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        string? path = mapping.RequiredText("path");
        string description = mapping.Text("description") ?? "";
        context.Define("feed", name, mapping.ValueLocation("name"));
        if (name is null || path is null)
        {
            return null;
        }

        // Relative to the file, as all paths in definitions are.
        string folder = path.Length == 0 ? path : Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(node.Location.File))!);
        return context.Problems.Try(mapping.Location, () => new FeedDefinition(name, folder) { Description = description }) is { } feed ? new(feed, node.Location) : null;
    }

    private TargetTenants? ReadTenants(MappingReader mapping)
    {
        TenantParticipation? participation = mapping.Word("participation", Participations);
        IReadOnlyList<string> names = context.ReferenceList(mapping, "tenants", ReferenceKind.Tenant);
        IReadOnlyList<TenantTag> tags = context.TenantTags(mapping, "tenantTags", isReference: true);
        return context.Problems.Try(
            mapping.Has("participation") ? mapping.ValueLocation("participation") : mapping.Location,
            () => TargetTenants.Of(participation, names.Distinct(EntityName.Comparer), tags.Distinct()));
    }

    private async Task<WorkerConnection?> ReadConnectionAsync(MappingReader mapping, CancellationToken cancellationToken)
        => mapping.RequiredValue("connection") is { } value ? await _connections.ReadAsync(value, cancellationToken).ConfigureAwait(false) : null;

    private bool RequiredList(MappingReader mapping, string key)
    {
        if (mapping.RequiredValue(key) is YamlSequence { Items.Count: 0 } empty)
        {
            context.Problems.Add(empty.Location, $"'{key}': a deployment target has at least one, found an empty list");
        }

        return mapping.Has(key);
    }

    private IReadOnlyList<string> ReadPools(MappingReader mapping)
    {
        if (!mapping.Has("pool") && !mapping.Has("pools"))
        {
            context.Problems.Add(mapping.Location, "a worker needs 'pool' or 'pools'");
            return [];
        }

        if (mapping.Has("pool") && mapping.Has("pools"))
        {
            context.Problems.Add(mapping.KeyLocation(mapping.Keys.Last(key => key is "pool" or "pools")), "a worker has 'pool' or 'pools', not both");
        }

        if (mapping.Value("pools") is YamlSequence { Items.Count: 0 } empty)
        {
            context.Problems.Add(empty.Location, "'pools': a worker is in at least one pool, found an empty list");
        }

        return context.Reference(mapping, "pool", ReferenceKind.WorkerPool) is { } pool
            ? [pool]
            : context.ReferenceList(mapping, "pools", ReferenceKind.WorkerPool);
    }
}
