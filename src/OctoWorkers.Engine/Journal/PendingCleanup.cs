namespace OctoWorkers.Engine.Journal;

/// <summary>Something of a run is left on a worker that could not be reached when the run ended.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Run">The run.</param>
/// <param name="Tickets">Attempts that may still be running there and are to be ended first.</param>
public sealed record PendingCleanup(WorkerId Worker, RunId Run, IReadOnlyList<string> Tickets);
