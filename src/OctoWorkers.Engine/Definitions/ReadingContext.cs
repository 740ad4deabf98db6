using OctoWorkers.Engine.Definitions.Yaml;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Definitions;

/// <summary>What the readers of one set of files share: the problems, the references and the names met so far.</summary>
internal sealed class ReadingContext
{
    private readonly Dictionary<(string Kind, string Name), SourceLocation> _names = new(KindAndName.Instance);

    internal ReadingContext() => Files = new(Problems);

    internal ProblemList Problems { get; } = new();

    internal ReferencedFiles Files { get; }

    internal List<DefinitionReference> References { get; } = [];

    /// <summary>Notes a name that must be unique in the set; a second one is a problem that names both places.</summary>
    internal void Define(string kind, string? name, SourceLocation location)
    {
        if (name is not null && !_names.TryAdd((kind, name), location))
        {
            Problems.Add(location, $"two {kind}s are named {FoundText.Quote(name)}; the other is at {_names[(kind, name)]}");
        }
    }

    /// <summary>Notes the name of a machine: workers and deployment targets share one set of names.</summary>
    internal void DefineMachine(string kind, string other, string? name, SourceLocation location)
    {
        Define(kind, name, location);
        if (name is not null && _names.TryGetValue((other, name), out SourceLocation there))
        {
            Problems.Add(location, $"a {kind} and a {other} are named {FoundText.Quote(name)}; machines have names of their own, and the other is at {there}");
        }
    }

    /// <summary>Reads a name that refers to something; null when the key is not there or has no usable name.</summary>
    internal string? Reference(MappingReader mapping, string key, ReferenceKind kind)
        => mapping.Value(key) is { } node ? Reference(node, key, kind) : null;

    internal string? Reference(YamlNode node, string key, ReferenceKind kind)
    {
        string? name = ScalarValue.Name(node, key, Problems);
        if (name is not null)
        {
            References.Add(new(kind, name, node.Location));
        }

        return name;
    }

    /// <summary>The value of the variable of the environment that a key names; null, and a problem, when there is none.</summary>
    internal string? FromEnvironment(MappingReader mapping, string key)
    {
        if (mapping.Name(key) is not { } variable)
        {
            return null;
        }

        string? value = variable.Contains('=', StringComparison.Ordinal) ? null : Environment.GetEnvironmentVariable(variable);
        string? problem = value is null ? $"the environment has no variable {FoundText.Quote(variable)}"
            : EnvironmentText.Problem(variable, value) is { } bad ? $"the variable {FoundText.Quote(variable)} of the environment {bad}"
            : null;
        if (problem is not null)
        {
            Problems.Add(mapping.ValueLocation(key), problem);
            return null;
        }

        return value;
    }

    /// <summary>
    /// The text of the file that a key names; null, and a problem, when there is none. The end of line that editors put at the end of a file is no part of a password.
    /// </summary>
    internal async Task<string?> FromFileAsync(MappingReader mapping, string key, CancellationToken cancellationToken)
        => mapping.Value(key) is not { } node || await Files.ReadAsync(node, key, "file", cancellationToken).ConfigureAwait(false) is not { } text ? null
            : ValueText.WithoutLastLineEnd(text);

    /// <summary>Reads a list of names that refer to something; one that comes twice is a problem.</summary>
    internal IReadOnlyList<string> ReferenceList(MappingReader mapping, string key, ReferenceKind kind)
    {
        List<string> names = [];
        foreach (YamlNode item in mapping.Items(key))
        {
            if (Reference(item, key, kind) is not { } name)
            {
                continue;
            }

            if (names.Contains(name, EntityName.Comparer))
            {
                Problems.Add(item.Location, $"'{key}': {FoundText.Quote(name)} is in the list twice");
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>Reads a list of names that refer to nothing.</summary>
    internal IReadOnlyList<string> NameList(MappingReader mapping, string key)
        => [.. mapping.Items(key).Select(item => ScalarValue.Name(item, key, Problems)).OfType<string>()];

    /// <summary>Reads a list of tenant tags; one that comes twice is a problem.</summary>
    /// <param name="mapping">Where.</param>
    /// <param name="key">The key.</param>
    /// <param name="isReference">Whether some tenant must have each; false: they are what a tenant has.</param>
    internal IReadOnlyList<TenantTag> TenantTags(MappingReader mapping, string key, bool isReference)
    {
        List<TenantTag> tags = [];
        foreach (YamlNode item in mapping.Items(key))
        {
            if (ScalarValue.Text(item, key, Problems) is not { } text || TenantTag(item.Location, text) is not { } tag)
            {
                continue;
            }

            if (tags.Contains(tag))
            {
                Problems.Add(item.Location, $"'{key}': {FoundText.Quote(text)} is in the list twice");
            }

            tags.Add(tag);
            if (isReference)
            {
                References.Add(new(ReferenceKind.TenantTag, tag.ToString(), item.Location));
            }
        }

        return tags;
    }

    private TenantTag? TenantTag(SourceLocation location, string text)
    {
        TenantTag tag = default;
        return Problems.Try(location, () =>
        {
            tag = OctoWorkers.TenantTag.Parse(text);
            return text;
        }) is null ? null : tag;
    }

    private sealed class KindAndName : IEqualityComparer<(string Kind, string Name)>
    {
        internal static KindAndName Instance { get; } = new();

        public bool Equals((string Kind, string Name) x, (string Kind, string Name) y)
            => x.Kind == y.Kind && EntityName.Comparer.Equals(x.Name, y.Name);

        public int GetHashCode((string Kind, string Name) obj)
            => HashCode.Combine(obj.Kind, EntityName.Comparer.GetHashCode(obj.Name));
    }
}
