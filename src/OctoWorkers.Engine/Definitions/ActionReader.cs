using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads what a step does: exactly one of <c>bash</c>, <c>script</c> and <c>runbook</c>.</summary>
internal sealed class ActionReader(ReadingContext context)
{
    private static readonly string[] ActionKeys = ["bash", "script", "runbook"];
    private static readonly string[] RunbookKeys = ["name", "environment", "wait"];

    private readonly ScriptReader _scripts = new(context.Problems);

    internal async Task<StepAction?> ReadAsync(MappingReader step, CancellationToken cancellationToken)
    {
        List<string> given = [.. step.Keys.Where(key => ActionKeys.Contains(key, StringComparer.Ordinal))];
        if (given.Count == 0)
        {
            context.Problems.Add(step.Location, "a step needs 'bash', 'script' or 'runbook'");
            return null;
        }

        if (given.Count > 1)
        {
            context.Problems.Add(step.KeyLocation(given[1]), $"a step has exactly one of 'bash', 'script' and 'runbook', this one has '{given[0]}' and '{given[1]}'");
        }

        StepAction? action = null;
        foreach (string key in given)
        {
            action = step.Value(key) is not { } value ? null : key switch
            {
                "bash" => _scripts.ReadBash(value),
                "script" => await _scripts.ReadAsync(value, cancellationToken).ConfigureAwait(false),
                _ => ReadRunbook(value),
            };
        }

        return given.Count == 1 ? action : null;
    }

    private RunRunbookAction? ReadRunbook(YamlNode node)
    {
        if (node is YamlScalar)
        {
            return context.Reference(node, "runbook", ReferenceKind.Runbook) is { } only ? new(only) : null;
        }

        if (MappingReader.Open(node, "'runbook'", RunbookKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredValue("name") is { } value ? context.Reference(value, "name", ReferenceKind.Runbook) : null;
        string? environment = context.Reference(mapping, "environment", ReferenceKind.Environment);
        bool wait = mapping.Flag("wait", otherwise: true);
        return name is null ? null : new(name) { Environment = environment, Wait = wait };
    }
}
