using System.Diagnostics.CodeAnalysis;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>All filters.</summary>
internal static class FilterTable
{
    private static readonly Dictionary<string, Filter> Filters = new Filter[][]
    {
        TextFilters.All, ComparisonFilters.All, EscapeFilters.All, EncodingFilters.All, HashFilters.All, DateFilters.All, VersionFilters.All,
        UriFilters.All, MarkdownFilters.All,
    }.SelectMany(family => family).ToDictionary(filter => filter.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Their names.</summary>
    internal static IEnumerable<string> Names => Filters.Values.Select(filter => filter.Name);

    internal static bool TryFind(string name, [NotNullWhen(true)] out Filter? filter) => Filters.TryGetValue(name, out filter);
}
