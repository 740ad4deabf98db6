namespace OctoWorkers.Engine.Planning;

/// <summary>Groups the workers that draws pass over by reason: the nearest misses of demands first, then in the order in which the reasons were met.</summary>
internal sealed class SkippedGroups
{
    // Every worker may have words of its own; a plan of a pool of thousands must stay small all the same.
    private const int MaxDetailedGroups = 20;

    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    private readonly List<(string Reason, List<string> Names, int Count, int Missing)> groups = [];
    private string whole = "";

    /// <summary>Adds a worker.</summary>
    internal void Add(Ineligibility problem, string name)
    {
        string reason = problem.Text;
        whole = problem.WholeText;
        if (groups.Count >= MaxDetailedGroups && problem.Detail.Length > 0 && !indexes.ContainsKey(reason))
        {
            reason = $"{problem.Kind}: for other reasons";
        }

        if (!indexes.TryGetValue(reason, out int index))
        {
            index = groups.Count;
            indexes.Add(reason, index);
            groups.Add((reason, [], 0, problem.Missing > 0 ? problem.Missing : int.MaxValue));
        }

        (_, List<string> names, int count, int missing) = groups[index];
        if (count < SkippedWorkers.MaxNames)
        {
            names.Add(name);
        }

        groups[index] = (reason, names, count + 1, missing);
    }

    /// <summary>The groups; of a single worker the whole reason.</summary>
    internal IReadOnlyList<SkippedWorkers> ToList() => groups is [{ Count: 1 } only] ? [new(whole, only.Names, 1)] : [.. groups.OrderBy(group => group.Missing).Select(group => new SkippedWorkers(group.Reason, group.Names, group.Count))];
}
