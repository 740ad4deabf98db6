using OctoWorkers.Engine.Definitions.Yaml;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads variables: a mapping of names to texts, or a list of values with scopes.</summary>
internal sealed class VariableReader(ReadingContext context)
{
    private static readonly string[] Keys = ["name", "value", "pool", "valueFromEnvironment", "valueFromFile", "sensitive", "scope", "description"];
    private static readonly string[] ValueKeys = ["value", "pool", "valueFromEnvironment", "valueFromFile"];

    private readonly ScopeReader _scopes = new(context);

    /// <summary>Reads the variables of a set or a runbook.</summary>
    /// <param name="owner">The set or runbook.</param>
    /// <param name="steps">Where the names of the runbook's steps stand; null for a set.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<IReadOnlyList<VariableDefinition>> ReadAsync(
        MappingReader owner, IReadOnlyDictionary<string, SourceLocation>? steps, CancellationToken cancellationToken)
    {
        List<Located<VariableDefinition>> values = [];
        if (owner.Value("variables") is YamlMapping mapping)
        {
            values.AddRange(mapping.Entries.Select(ReadEntry).OfType<Located<VariableDefinition>>());
        }
        else
        {
            foreach (YamlNode item in owner.Items("variables"))
            {
                if (await ReadItemAsync(item, steps, cancellationToken).ConfigureAwait(false) is { } value)
                {
                    values.Add(value);
                }
            }
        }

        FindTwins(values);
        return [.. values.Select(value => value.Value)];
    }

    private Located<VariableDefinition>? ReadEntry(YamlEntry entry)
    {
        if (entry.Key is not YamlScalar { IsNull: false } key)
        {
            context.Problems.Add(entry.Key.Location, $"'variables': a variable's name must be a text, found {entry.Key.Found}");
            return null;
        }

        if (entry.Value is YamlMapping or YamlSequence)
        {
            context.Problems.Add(
                entry.Value.Location,
                $"'variables': expected a text, found {entry.Value.Found}; for scopes and secrets write a list: '- {{ name: …, value: …, scope: … }}'");
            return null;
        }

        if (entry.Value.IsNull)
        {
            context.Problems.Add(key.Location, $"{FoundText.Quote(key.Text)} has no value; for an empty one write ''");
            return null;
        }

        return ScalarValue.Text(entry.Value, "variables", context.Problems) is not { } text ? null
            : context.Problems.Try(key.Location, () => new Located<VariableDefinition>(VariableDefinition.Text(key.Text, text), key.Location));
    }

    private async Task<Located<VariableDefinition>?> ReadItemAsync(
        YamlNode node, IReadOnlyDictionary<string, SourceLocation>? steps, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "a variable", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredText("name");
        bool isSensitive = mapping.Flag("sensitive");
        string description = mapping.Text("description") ?? "";
        string? pool = context.Reference(mapping, "pool", ReferenceKind.WorkerPool);
        VariableScope scope = mapping.Value("scope") is { } place ? _scopes.Read(place, steps, isPool: mapping.Has("pool")) : VariableScope.Unscoped;
        string[] given = [.. mapping.Keys.Where(key => ValueKeys.Contains(key, StringComparer.Ordinal))];
        if (given.Length != 1)
        {
            context.Problems.Add(
                given.Length == 0 ? mapping.Location : mapping.KeyLocation(given[1]),
                $"a variable has exactly one of 'value', 'pool', 'valueFromEnvironment' and 'valueFromFile', this one has {(given.Length == 0 ? "none" : $"'{given[0]}' and '{given[1]}'")}");
            return null;
        }

        if (isSensitive && given[0] == "pool")
        {
            context.Problems.Add(mapping.KeyLocation("sensitive"), "the name of a worker pool is shown in plans and cannot be sensitive");
            return null;
        }

        string? value = given[0] switch
        {
            "pool" => pool,
            "value" => mapping.Text("value"),
            "valueFromEnvironment" => context.FromEnvironment(mapping, "valueFromEnvironment"),
            _ => await context.FromFileAsync(mapping, "valueFromFile", cancellationToken).ConfigureAwait(false),
        };
        return name is null || value is null ? null : context.Problems.Try(mapping.ValueLocation("name"), () => new Located<VariableDefinition>(
            (given[0] == "pool" ? VariableDefinition.WorkerPool(name, value)
                : isSensitive ? VariableDefinition.Sensitive(name, value)
                : VariableDefinition.Text(name, value)) with { Scope = scope, Description = description },
            mapping.ValueLocation("name")));
    }

    private void FindTwins(List<Located<VariableDefinition>> values)
    {
        foreach (IGrouping<string, Located<VariableDefinition>> same in values.GroupBy(value => value.Value.Name, EntityName.Comparer))
        {
            List<Located<VariableDefinition>> earlier = [];
            foreach (Located<VariableDefinition> value in same)
            {
                if (earlier.Find(other => ScopeMatch.AreSame(other.Value.Scope, value.Value.Scope)) is { } twin)
                {
                    context.Problems.Add(
                        value.Location,
                        $"variable {FoundText.Quote(value.Value.Name)} has two values with the same scope ({ScopeMatch.Describe(value.Value.Scope)}); the other is at {twin.Location}");
                }

                earlier.Add(value);
            }
        }
    }
}
