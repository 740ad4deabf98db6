using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>
/// Reads the values of one mapping by their keys. Keys that are unknown or come twice are problems as soon as it is opened; each reading method
/// reports what is wrong with its value and then gives null, as for a key that is not there, so that reading goes on.
/// </summary>
internal sealed class MappingReader
{
    private readonly Dictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);
    private readonly ProblemList _problems;
    private readonly string _what;

    private MappingReader(YamlMapping mapping, string what, IReadOnlyList<string> keys, ProblemList problems)
    {
        _problems = problems;
        _what = what;
        Location = mapping.Location;
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (entry.Key is not YamlScalar { IsNull: false } key)
            {
                problems.Add(entry.Key.Location, $"a key must be a word, found {entry.Key.Found}");
            }
            else if (!keys.Contains(key.Text, StringComparer.Ordinal))
            {
                problems.Add(key.Location, UnknownKey(key.Text, keys));
            }
            else if (!_entries.TryAdd(key.Text, entry))
            {
                problems.Add(key.Location, $"the key '{key.Text}' is given twice; the first is at {_entries[key.Text].Key.Location}");
            }
        }
    }

    /// <summary>Where the mapping begins.</summary>
    internal SourceLocation Location { get; }

    /// <summary>The known keys that are there, in the order in which they are written.</summary>
    internal IEnumerable<string> Keys => _entries.Keys;

    /// <summary>Opens a mapping; null, and a problem, when the node is something else.</summary>
    /// <param name="node">The node.</param>
    /// <param name="what">What the mapping is, for messages: "a worker".</param>
    /// <param name="keys">The keys that it may have.</param>
    /// <param name="problems">Where problems go.</param>
    internal static MappingReader? Open(YamlNode node, string what, IReadOnlyList<string> keys, ProblemList problems)
    {
        if (node is YamlMapping mapping)
        {
            return new(mapping, what, keys, problems);
        }

        problems.Add(node.Location, $"{what}: expected a mapping{(keys.Count > 0 ? $" with {Listed(keys)}" : "")}, found {node.Found}");
        return null;
    }

    internal bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>Where a key stands; the mapping's begin when it is not there.</summary>
    internal SourceLocation KeyLocation(string key) => _entries.TryGetValue(key, out YamlEntry entry) ? entry.Key.Location : Location;

    /// <summary>Where a value stands; the mapping's begin when it is not there.</summary>
    internal SourceLocation ValueLocation(string key) => _entries.TryGetValue(key, out YamlEntry entry) ? entry.Value.Location : Location;

    /// <summary>The value of a key that is there, which may be nothing.</summary>
    internal YamlNode ValueNode(string key) => _entries[key].Value;

    /// <summary>The value as it is, when there is one.</summary>
    internal YamlNode? Value(string key)
    {
        if (!_entries.TryGetValue(key, out YamlEntry entry))
        {
            return null;
        }

        if (entry.Value.IsNull)
        {
            _problems.Add(entry.Key.Location, $"'{key}' has no value; give it one, or leave the key out");
            return null;
        }

        return entry.Value;
    }

    /// <summary>As <see cref="Value"/>; a key that is not there is a problem.</summary>
    internal YamlNode? RequiredValue(string key)
    {
        if (!Has(key))
        {
            _problems.Add(Location, $"{_what} needs '{key}'");
        }

        return Value(key);
    }

    internal string? Text(string key) => Value(key) is { } value ? ScalarValue.Text(value, key, _problems) : null;

    internal string? RequiredText(string key) => RequiredValue(key) is { } value ? ScalarValue.Text(value, key, _problems) : null;

    internal string? Name(string key) => Value(key) is { } value ? ScalarValue.Name(value, key, _problems) : null;

    internal string? RequiredName(string key) => RequiredValue(key) is { } value ? ScalarValue.Name(value, key, _problems) : null;

    internal bool Flag(string key) => Flag(key, otherwise: false);

    internal bool Flag(string key, bool otherwise) => (Value(key) is { } value ? ScalarValue.Flag(value, key, _problems) : null) ?? otherwise;

    internal int? Number(string key, int least, int most) => Value(key) is { } value ? ScalarValue.Number(value, key, least, most, _problems) : null;

    /// <summary>A duration; one of zero is a problem unless it is allowed.</summary>
    internal TimeSpan? Duration(string key, bool zeroAllowed)
    {
        if (Value(key) is not { } value || ScalarValue.Text(value, key, _problems) is not { } text)
        {
            return null;
        }

        string? problem = !DurationText.TryParse(text, out TimeSpan duration, out string? unreadable) ? unreadable
            : duration == TimeSpan.Zero && !zeroAllowed ? "must be longer than zero"
            : null;
        if (problem is not null)
        {
            _problems.Add(value.Location, $"'{key}': {problem}");
            return null;
        }

        return duration;
    }

    /// <summary>One of some words.</summary>
    internal T? Word<T>(string key, IReadOnlyList<(string Word, T Meaning)> words)
        where T : struct
        => Value(key) is { } value ? ScalarValue.Word(value, key, words, _problems) : null;

    /// <summary>The items of a list that are something; empty when it is not there.</summary>
    internal IReadOnlyList<YamlNode> Items(string key)
    {
        switch (Value(key))
        {
            case null:
                return [];
            case YamlSequence list:
                foreach (YamlNode item in list.Items.Where(item => item.IsNull))
                {
                    _problems.Add(item.Location, $"'{key}': an item of the list has no value");
                }

                return [.. list.Items.Where(item => !item.IsNull)];
            case var other:
                string hint = other is YamlScalar ? "; put it between '[' and ']', or on a line of its own after '- '" : "";
                _problems.Add(other.Location, $"'{key}': expected a list, found {other.Found}{hint}");
                return [];
        }
    }

    private string UnknownKey(string found, IReadOnlyList<string> keys)
    {
        if (found == "<<")
        {
            return "merge keys ('<<') are not supported; repeat the keys, or use an alias for a whole value";
        }

        string hint = NearestWord.Hint(found, keys);
        string rest = hint.Length > 0 ? hint : keys.Count > 0 ? $"; {_what} may have {Listed(keys)}" : $"; {_what} has no keys";
        return $"unknown key {FoundText.Quote(found)}{rest}";
    }

    private static string Listed(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"'{word}'"));
}
