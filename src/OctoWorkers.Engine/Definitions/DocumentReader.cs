using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads documents, one after the other, into one set.</summary>
internal sealed class DocumentReader(ReadingContext context)
{
    private static readonly string[] Keys = ["environments", "feeds", "tenants", "policies", "pools", "workers", "targets", "variableSets", "scriptModules", "runbooks"];

    private readonly InfrastructureReader _infrastructure = new(context);
    private readonly MachinePolicyReader _policyReader = new(context);
    private readonly SharedReader _shared = new(context);
    private readonly RunbookReader _runbookReader = new(context);
    private readonly List<Located<EnvironmentDefinition>> _environments = [];
    private readonly List<Located<WorkerPoolDefinition>> _pools = [];
    private readonly List<Located<MachinePolicyDefinition>> _policies = [];
    private readonly List<Located<WorkerDefinition>> _workers = [];
    private readonly List<Located<DeploymentTargetDefinition>> _targets = [];
    private readonly List<Located<FeedDefinition>> _feeds = [];
    private readonly List<Located<TenantDefinition>> _tenants = [];
    private readonly List<Located<VariableSetDefinition>> _variableSets = [];
    private readonly List<Located<ScriptModule>> _modules = [];
    private readonly List<Located<RunbookDefinition>> _runbooks = [];

    internal async Task ReadAsync(YamlNode root, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(root, "a definitions file", Keys, context.Problems) is not { } mapping)
        {
            return;
        }

        _environments.AddRange(mapping.Items("environments").Select(_infrastructure.ReadEnvironment).OfType<Located<EnvironmentDefinition>>());
        _pools.AddRange(mapping.Items("pools").Select(_infrastructure.ReadPool).OfType<Located<WorkerPoolDefinition>>());
        foreach (YamlNode item in mapping.Items("workers"))
        {
            if (await _infrastructure.ReadWorkerAsync(item, cancellationToken).ConfigureAwait(false) is { } worker)
            {
                _workers.Add(worker);
            }
        }

        foreach (YamlNode item in mapping.Items("targets"))
        {
            if (await _infrastructure.ReadTargetAsync(item, cancellationToken).ConfigureAwait(false) is { } target)
            {
                _targets.Add(target);
            }
        }

        _feeds.AddRange(mapping.Items("feeds").Select(_infrastructure.ReadFeed).OfType<Located<FeedDefinition>>());
        _tenants.AddRange(mapping.Items("tenants").Select(_shared.ReadTenant).OfType<Located<TenantDefinition>>());
        foreach (YamlNode item in mapping.Items("policies"))
        {
            if (await _policyReader.ReadAsync(item, cancellationToken).ConfigureAwait(false) is { } policy)
            {
                _policies.Add(policy);
            }
        }

        foreach (YamlNode item in mapping.Items("variableSets"))
        {
            if (await _shared.ReadSetAsync(item, cancellationToken).ConfigureAwait(false) is { } set)
            {
                _variableSets.Add(set);
            }
        }

        foreach (YamlNode item in mapping.Items("scriptModules"))
        {
            if (await _shared.ReadModuleAsync(item, cancellationToken).ConfigureAwait(false) is { } module)
            {
                _modules.Add(module);
            }
        }

        foreach (YamlNode item in mapping.Items("runbooks"))
        {
            if (await _runbookReader.ReadAsync(item, cancellationToken).ConfigureAwait(false) is { } runbook)
            {
                _runbooks.Add(runbook);
            }
        }
    }

    internal DefinitionSet ToSet() => new()
    {
        Environments = _environments,
        Policies = _policies,
        Pools = _pools,
        Workers = _workers,
        Targets = _targets,
        Feeds = _feeds,
        Tenants = _tenants,
        VariableSets = _variableSets,
        ScriptModules = _modules,
        Runbooks = _runbooks,
        References = ProblemList.InOrder(context.References, reference => reference.Location),
    };
}
