namespace OctoWorkers.Engine.Planning;

/// <summary>Why a worker may not be drawn.</summary>
/// <param name="Kind">One of a few: "disabled", "Unavailable".</param>
/// <param name="Detail">The worker's or connection's own words, on one line; empty when there are none.</param>
internal readonly record struct Ineligibility(string Kind, string Detail = "");
