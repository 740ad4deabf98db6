namespace OctoWorkers.Engine.Queue;

/// <summary>A drain whose deadline has passed, and the runs that were asked to be canceled for it.</summary>
/// <param name="Worker">Name of the worker.</param>
/// <param name="Runs">The runs.</param>
public sealed record DrainEnd(string Worker, IReadOnlyList<RunId> Runs);
