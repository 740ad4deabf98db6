using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>Chooses things by name. A name that is there as it stands is taken so, also one with brackets or stars; any other may be a wildcard pattern.</summary>
internal static class NameSelection
{
    /// <summary>Writes what the names choose, each thing once; a name without wildcards that is nowhere is an error.</summary>
    /// <param name="all">All there are.</param>
    /// <param name="nameOf">The name of one.</param>
    /// <param name="names">The names asked for; empty: all.</param>
    /// <param name="missing">The error of a name that is not there.</param>
    /// <param name="noun">What the things are called.</param>
    /// <param name="pipeline">Where they go.</param>
    internal static async Task WriteAsync<T>(
        IReadOnlyList<T> all, Func<T, string> nameOf, IReadOnlyList<string> names, EngineError missing, string noun, IPipelineWriter pipeline)
        where T : class
    {
        foreach (T one in await ChooseAsync(all, nameOf, names, missing, noun, pipeline).ConfigureAwait(false))
        {
            await pipeline.WriteObjectAsync(one).ConfigureAwait(false);
        }
    }

    /// <summary>The same without writing what was chosen.</summary>
    internal static async Task<IReadOnlyList<T>> ChooseAsync<T>(
        IReadOnlyList<T> all, Func<T, string> nameOf, IReadOnlyList<string> names, EngineError missing, string noun, IPipelineWriter pipeline)
        where T : class
    {
        HashSet<T> seen = new(ReferenceEqualityComparer.Instance);
        List<T> chosen = [];
        foreach (string name in names.Count == 0 ? ["*"] : names)
        {
            T[] found = Find(all, nameOf, name);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                await pipeline.WriteErrorAsync(ErrorRecords.From(Missing(all.Select(nameOf), name, missing, noun))).ConfigureAwait(false);
            }

            chosen.AddRange(found.Where(seen.Add));
        }

        return chosen;
    }

    /// <summary>The one of a name.</summary>
    /// <exception cref="OctoWorkersException">There is none.</exception>
    internal static T Require<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string name, EngineError missing, string noun)
        where T : class
        => all.FirstOrDefault(one => EntityName.Comparer.Equals(nameOf(one), name)) ?? throw Missing(all.Select(nameOf), name, missing, noun);

    private static T[] Find<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string name)
    {
        T[] exact = [.. all.Where(one => EntityName.Comparer.Equals(nameOf(one), name))];
        if (exact.Length > 0)
        {
            return exact;
        }

        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return [.. all.Where(one => pattern.IsMatch(nameOf(one)))];
    }

    private static OctoWorkersException Missing(IEnumerable<string> known, string name, EngineError missing, string noun)
    {
        string remedy = NearestWord.Find(name, known.Order(StringComparer.Ordinal)) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return new(missing, $"There is no {noun} named '{name}'.{remedy}", name);
    }
}
