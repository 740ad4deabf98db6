namespace OctoWorkers.Engine.Planning;

/// <summary>Why a worker may not be drawn.</summary>
/// <param name="Kind">One of a few: "disabled", "Unavailable".</param>
/// <param name="Detail">The worker's or connection's own words, on one line; empty when there are none.</param>
/// <param name="Missing">How many demands it does not meet; 0 when something else is the matter.</param>
internal readonly record struct Ineligibility(string Kind, string Detail = "", int Missing = 0)
{
    private const int LongestDetail = 200;

    /// <summary>The reason in words, cut where a machine says much: a list of many must stay readable.</summary>
    internal string Text => In(Missing > 0 || Detail.Length <= LongestDetail ? Detail : $"{Detail[..(char.IsHighSurrogate(Detail[LongestDetail - 1]) ? LongestDetail - 1 : LongestDetail)]}…");

    /// <summary>The whole reason in words: what helps is often said at its end.</summary>
    internal string WholeText => In(Detail);

    private string In(string detail) => detail.Length == 0 ? Kind : Missing > 0 ? detail : $"{Kind}: {detail}";
}
