namespace OctoWorkers.Engine.Transports;

/// <summary>What a worker knows of a ticket.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="State">Where the attempt stands.</param>
/// <param name="ExitCode">The script's exit code; null unless it has exited.</param>
public sealed record TicketOnWorker(string Ticket, TicketState State, int? ExitCode);
