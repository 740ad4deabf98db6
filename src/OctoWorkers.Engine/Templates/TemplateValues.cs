namespace OctoWorkers.Engine.Templates;

/// <summary>Names and values in memory. Of two values for one name the later counts.</summary>
public sealed class TemplateValues : ITemplateValues
{
    // More than this many brackets in one name are not looked into: the name itself still works.
    private const int DeepestIndex = 64;

    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<Dictionary<string, List<string>>> indexes;

    /// <summary>Takes the values in their order, which is the order of iterations.</summary>
    public TemplateValues(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        List<string> names = [];
        foreach ((string name, string value) in values)
        {
            if (!this.values.ContainsKey(name))
            {
                names.Add(name);
            }

            this.values[name] = value;
        }

        indexes = new(() => IndexesOf(names));
    }

    /// <summary>No values at all.</summary>
    public static TemplateValues Empty { get; } = new([]);

    /// <inheritdoc/>
    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <inheritdoc/>
    public IReadOnlyList<string> Indexes(string name) => indexes.Value.TryGetValue(name, out List<string>? found) ? found : [];

    private static Dictionary<string, List<string>> IndexesOf(List<string> names)
    {
        Dictionary<string, List<string>> lists = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            int count = 0;
            foreach ((int open, int close) in TemplateName.Brackets(name))
            {
                if (++count > DeepestIndex)
                {
                    break;
                }

                if (!seen.Add(name[..(close + 1)]))
                {
                    continue;
                }

                string list = name[..open];
                if (!lists.TryGetValue(list, out List<string>? words))
                {
                    lists.Add(list, words = []);
                }

                words.Add(name[(open + 1)..close]);
            }
        }

        return lists;
    }
}
