namespace OctoWorkers.Engine.Transports;

/// <summary>An attempt has ended, and what it wrote has been read.</summary>
/// <param name="ExitCode">The interpreter's exit code, 128 + n when signal n ended it; null when it left none (see <see cref="TicketState.Lost"/>).</param>
/// <param name="OutputHeldOpen">
/// Whether a process that the script left behind still held the output open when reading ended, so that later output of it is not read.
/// </param>
public sealed record AttemptExited(int? ExitCode, bool OutputHeldOpen) : AttemptSignal;
