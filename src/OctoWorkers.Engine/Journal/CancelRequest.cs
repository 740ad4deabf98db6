namespace OctoWorkers.Engine.Journal;

/// <summary>Somebody asked for a run to be canceled.</summary>
/// <param name="Id">Grows with each.</param>
/// <param name="Run">The run.</param>
/// <param name="By">Who asked.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record CancelRequest(long Id, RunId Run, string By, string Reason);
