namespace OctoWorkers.Engine.Planning;

/// <summary>Groups the workers that draws pass over by reason: the nearest misses of demands first, then in the order in which the reasons were met.</summary>
internal sealed class SkippedGroups
{
    // Every worker may have words of its own; a plan of a pool of thousands must stay small all the same.
    private const int MaxDetailedGroups = 20;

    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    private readonly List<(string Reason, List<string> Names, int Count, int Missing)> groups = [];

    /// <summary>Adds a worker.</summary>
    internal void Add(Ineligibility problem, string name)
    {
        string reason = problem.Text;
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

    /// <summary>The groups.</summary>
    internal IReadOnlyList<SkippedWorkers> ToList() => [.. groups.OrderBy(group => group.Missing).Select(group => new SkippedWorkers(group.Reason, group.Names, group.Count))];
}
