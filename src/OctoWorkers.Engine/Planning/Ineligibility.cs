namespace OctoWorkers.Engine.Planning;

/// <summary>Why a worker may not be drawn.</summary>
/// <param name="Kind">One of a few: "disabled", "Unavailable".</param>
/// <param name="Detail">The worker's or connection's own words, on one line; empty when there are none.</param>
/// <param name="Missing">How many demands it does not meet; 0 when something else is the matter.</param>
internal readonly record struct Ineligibility(string Kind, string Detail = "", int Missing = 0)
{
    /// <summary>The reason in words.</summary>
    internal string Text => Detail.Length == 0 ? Kind : Missing > 0 ? Detail : $"{Kind}: {Detail}";
}
