using System.Collections.ObjectModel;
using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads what a step does: exactly one of a syntax (<c>bash</c>, <c>powershell</c>, <c>python</c>), <c>script</c>, <c>runbook</c> and <c>manual</c>.</summary>
internal sealed class ActionReader(ReadingContext context)
{
    private static readonly string[] ActionKeys = [.. ScriptReader.SyntaxWords, "script", "runbook", "manual"];
    private static readonly string[] RunbookKeys = ["name", "environment", "wait", "variables"];

    private readonly ScriptReader _scripts = new(context);
    private readonly ManualReader _manual = new(context);

    internal async Task<StepAction?> ReadAsync(MappingReader step, CancellationToken cancellationToken)
    {
        List<string> given = [.. step.Keys.Where(key => ActionKeys.Contains(key, StringComparer.Ordinal))];
        if (given.Count == 0)
        {
            context.Problems.Add(step.Location, "a step needs 'bash', 'powershell', 'python', 'script', 'runbook' or 'manual'");
            return null;
        }

        if (given.Count > 1)
        {
            context.Problems.Add(step.KeyLocation(given[1]), $"a step has exactly one of 'bash', 'powershell', 'python', 'script', 'runbook' and 'manual', this one has '{given[0]}' and '{given[1]}'");
        }

        StepAction? action = null;
        foreach (string key in given)
        {
            action = step.Value(key) is not { } value ? null : key switch
            {
                "script" => await _scripts.ReadAsync(value, cancellationToken).ConfigureAwait(false),
                "runbook" => ReadRunbook(value),
                "manual" => _manual.Read(step, value),
                _ => _scripts.ReadShort(value, key),
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
        IReadOnlyDictionary<string, string> variables = mapping.Value("variables") is { } values ? ReadVariables(values) : ReadOnlyDictionary<string, string>.Empty;
        return name is null ? null : new(name) { Environment = environment, Wait = wait, Variables = variables };
    }

    private Dictionary<string, string> ReadVariables(YamlNode node)
    {
        Dictionary<string, string> variables = new(EntityName.Comparer);
        if (node is not YamlMapping)
        {
            context.Problems.Add(node.Location, $"'variables': expected a mapping of names to texts, found {node.Found}");
        }

        foreach (YamlEntry entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (entry.Key is not YamlScalar { IsNull: false } key)
            {
                context.Problems.Add(entry.Key.Location, $"'variables': a variable's name must be a text, found {entry.Key.Found}");
            }
            else if (entry.Value.IsNull)
            {
                context.Problems.Add(key.Location, $"{FoundText.Quote(key.Text)} has no value; for an empty one write ''");
            }
            else if (ScalarValue.Text(entry.Value, "variables", context.Problems) is { } text
                && context.Problems.Try(key.Location, () => VariableDefinition.Text(key.Text, text)) is { } variable
                && !variables.TryAdd(variable.Name, text))
            {
                context.Problems.Add(key.Location, $"'variables': the variable {FoundText.Quote(key.Text)} is given twice");
            }
        }

        return variables;
    }
}
