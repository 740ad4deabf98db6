namespace OctoWorkers;

/// <summary>Somebody asked for the run to be canceled, and its driver has seen it.</summary>
/// <param name="By">Who asked.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record CancelRequested(string By, string Reason) : RunEvent;
