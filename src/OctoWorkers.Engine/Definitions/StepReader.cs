using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads the steps of a runbook.</summary>
internal sealed class StepReader(ReadingContext context)
{
    private static readonly string[] Keys =
    [
        "name", "bash", "powershell", "python", "script", "runbook", "manual", "pool", "poolVariable", "targets", "demands", "packages", "condition", "start", "retry", "timeout", "idempotent", "disabled", "required",
        "environments", "excludedEnvironments", "tenantTags",
    ];

    private static readonly string[] RetryKeys = ["count", "backoff", "maxBackoff"];
    private static readonly string[] ConditionKeys = ["variable"];

    private static readonly (string, StepCondition)[] Conditions =
        [("success", StepCondition.Success), ("failure", StepCondition.Failure), ("always", StepCondition.Always)];

    private static readonly (string, StepStart)[] Starts =
        [("afterPrevious", StepStart.AfterPrevious), ("withPrevious", StepStart.WithPrevious)];

    private readonly ActionReader _actions = new(context);
    private readonly StepTargetsReader _targets = new(context);
    private readonly PackageReader _packages = new(context);

    /// <summary>Reads a step.</summary>
    /// <param name="node">The step.</param>
    /// <param name="names">Names of the runbook's steps so far, and where they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<StepDefinition?> ReadAsync(YamlNode node, Dictionary<string, SourceLocation> names, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "a step", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        if (name is not null && !names.TryAdd(name, mapping.ValueLocation("name")))
        {
            context.Problems.Add(mapping.ValueLocation("name"), $"two steps of the runbook are named {FoundText.Quote(name)}; the other is at {names[name]}");
            name = null;
        }

        StepAction? action = await _actions.ReadAsync(mapping, cancellationToken).ConfigureAwait(false);
        string? pool = context.Reference(mapping, "pool", ReferenceKind.WorkerPool);
        string? poolVariable = mapping.Text("poolVariable");
        if (poolVariable is not null && mapping.Has("pool"))
        {
            context.Problems.Add(mapping.KeyLocation("poolVariable"), "a step has 'pool' or 'poolVariable', not both");
        }

        StepTargets? targets = _targets.Read(mapping, action);
        IReadOnlyList<CapabilityDemand> demands = ReadDemands(mapping);
        IReadOnlyList<PackageReference> packages = _packages.Read(mapping);
        (StepCondition condition, string? expression) = ReadCondition(mapping);
        StepStart? start = mapping.Word("start", Starts);
        RetryPolicy retry = mapping.Value("retry") is { } value ? ReadRetry(value) : RetryPolicy.None;
        TimeSpan? timeout = mapping.Duration("timeout", zeroAllowed: false);
        bool idempotent = mapping.Flag("idempotent");
        bool disabled = mapping.Flag("disabled");
        bool required = mapping.Flag("required");
        IReadOnlyList<string> environments = context.ReferenceList(mapping, "environments", ReferenceKind.Environment);
        IReadOnlyList<string> excluded = context.ReferenceList(mapping, "excludedEnvironments", ReferenceKind.Environment);
        IReadOnlyList<TenantTag> tenantTags = context.TenantTags(mapping, "tenantTags", isReference: true);
        return name is null || action is null ? null : new(name, action)
        {
            Pool = poolVariable is null ? pool : null,
            PoolVariable = poolVariable,
            Targets = action is ScriptAction ? targets : null,
            Demands = demands,
            Packages = packages,
            Condition = condition,
            ConditionExpression = expression,
            Start = start ?? StepStart.AfterPrevious,
            Retry = retry,
            Timeout = timeout,
            Idempotent = idempotent,
            Disabled = disabled,
            Required = required,
            Environments = environments,
            ExcludedEnvironments = excluded,
            TenantTags = tenantTags,
        };
    }

    private (StepCondition Condition, string? Expression) ReadCondition(MappingReader step)
    {
        if (step.Value("condition") is not YamlMapping)
        {
            return (step.Word("condition", Conditions) ?? StepCondition.Success, null);
        }

        MappingReader mapping = MappingReader.Open(step.Value("condition")!, "'condition'", ConditionKeys, context.Problems)!;
        string? expression = mapping.RequiredText("variable");
        if (expression is not null && string.IsNullOrWhiteSpace(expression))
        {
            context.Problems.Add(mapping.ValueLocation("variable"), "'variable': expected an expression such as '#{Deploy}', found an empty text");
        }

        return (StepCondition.Variable, expression);
    }

    private List<CapabilityDemand> ReadDemands(MappingReader step)
    {
        List<CapabilityDemand> demands = [];
        foreach (YamlNode item in step.Items("demands"))
        {
            if (ScalarValue.Text(item, "demands", context.Problems) is { } text
                && context.Problems.Try(item.Location, () => CapabilityDemand.Parse(text)) is { } demand)
            {
                demands.Add(demand);
            }
        }

        return demands;
    }

    private RetryPolicy ReadRetry(YamlNode node)
    {
        if (node is YamlScalar)
        {
            return new() { Count = ScalarValue.Number(node, "retry", 0, RetryPolicy.MaxCount, context.Problems) ?? 0 };
        }

        if (MappingReader.Open(node, "'retry'", RetryKeys, context.Problems) is not { } mapping)
        {
            return RetryPolicy.None;
        }

        int? count = mapping.RequiredValue("count") is null ? null : mapping.Number("count", 0, RetryPolicy.MaxCount);
        TimeSpan backoff = mapping.Duration("backoff", zeroAllowed: true) ?? TimeSpan.Zero;
        TimeSpan? maxBackoff = mapping.Duration("maxBackoff", zeroAllowed: true);
        if (maxBackoff < backoff)
        {
            context.Problems.Add(mapping.ValueLocation("maxBackoff"), "'maxBackoff' is shorter than 'backoff'");
        }

        // A long first wait that was asked for is not cut by a default.
        TimeSpan most = RetryPolicy.None.MaxBackoff > backoff ? RetryPolicy.None.MaxBackoff : backoff;
        return new() { Count = count ?? 0, Backoff = backoff, MaxBackoff = maxBackoff ?? most };
    }
}
