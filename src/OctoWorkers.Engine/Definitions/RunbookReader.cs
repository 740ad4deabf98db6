using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads runbooks.</summary>
internal sealed class RunbookReader(ReadingContext context)
{
    private static readonly string[] Keys =
    [
        "name", "description", "environments", "maxParallelism", "timeout", "priority", "queueExpiry", "retention", "guidedFailure", "unavailableTargets",
        "variables", "variableSets", "prompts", "steps",
    ];

    private static readonly (string, RunPriority)[] Priorities =
        [("high", RunPriority.High), ("normal", RunPriority.Normal), ("low", RunPriority.Low)];

    private readonly StepReader _steps = new(context);
    private readonly VariableReader _variables = new(context);
    private readonly PromptReader _prompts = new(context);

    internal async Task<Located<RunbookDefinition>?> ReadAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "a runbook", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        context.Define("runbook", name, mapping.ValueLocation("name"));
        string description = mapping.Text("description") ?? "";
        IReadOnlyList<string> environments = context.ReferenceList(mapping, "environments", ReferenceKind.Environment);
        int maxParallelism = mapping.Number("maxParallelism", 1, int.MaxValue) ?? RunbookDefinition.DefaultMaxParallelism;
        TimeSpan? timeout = mapping.Duration("timeout", zeroAllowed: false);
        RunPriority? priority = mapping.Word("priority", Priorities);
        TimeSpan? queueExpiry = mapping.Duration("queueExpiry", zeroAllowed: false);
        RetentionPolicy? retention = RetentionReader.Read(mapping, context.Problems);
        GuidedFailureMode guided = mapping.Word("guidedFailure", GuidedFailureWords.All) ?? GuidedFailureMode.Default;
        UnavailableTargets unavailable = mapping.Word("unavailableTargets", UnavailableTargetsWords.All) ?? UnavailableTargets.Default;
        Dictionary<string, SourceLocation> stepNames = new(EntityName.Comparer);
        IReadOnlyList<StepDefinition>? steps = await ReadStepsAsync(mapping, stepNames, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<VariableDefinition> variables = await _variables.ReadAsync(mapping, stepNames, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> sets = context.ReferenceList(mapping, "variableSets", ReferenceKind.VariableSet);
        IReadOnlyList<PromptedVariable> prompts = _prompts.Read(mapping);
        return name is null || steps is null ? null : context.Problems.Try(node.Location, () => new Located<RunbookDefinition>(
            new(name, steps)
            {
                Description = description, Environments = environments, MaxParallelism = maxParallelism, Timeout = timeout,
                Priority = priority, QueueExpiry = queueExpiry, GuidedFailure = guided, UnavailableTargets = unavailable, Retention = retention,
                Variables = variables, VariableSets = sets, Prompts = prompts,
            },
            node.Location));
    }

    /// <summary>The steps; null when there is none, or one of them is not usable.</summary>
    private async Task<IReadOnlyList<StepDefinition>?> ReadStepsAsync(
        MappingReader mapping, Dictionary<string, SourceLocation> names, CancellationToken cancellationToken)
    {
        if (mapping.RequiredValue("steps") is YamlSequence { Items.Count: 0 } empty)
        {
            context.Problems.Add(empty.Location, "'steps': a runbook has at least one step, found an empty list");
            return null;
        }

        List<StepDefinition?> steps = [];
        foreach (YamlNode item in mapping.Items("steps"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            steps.Add(await _steps.ReadAsync(item, names, cancellationToken).ConfigureAwait(false));
        }

        return steps.Count == 0 || steps.Contains(null) ? null : [.. steps.OfType<StepDefinition>()];
    }
}
