namespace OctoWorkers.Engine.Transports;

/// <summary>What a worker knows of a run.</summary>
/// <param name="WasKnown">
/// Whether the run had been entered there before. False for a run that was: its state there has been lost; and where it had to be known, it is not known now either.
/// </param>
/// <param name="Tickets">Its tickets there.</param>
public sealed record RunOnWorker(bool WasKnown, IReadOnlyList<TicketOnWorker> Tickets);
