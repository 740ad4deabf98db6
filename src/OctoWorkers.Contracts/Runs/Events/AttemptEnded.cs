namespace OctoWorkers;

/// <summary>An attempt has ended.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Outcome">How.</param>
/// <param name="ExitCode">The script's exit code; null when there is none.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
/// <param name="Receipt">What ending it left behind; null when it ended by itself.</param>
public sealed record AttemptEnded(int Step, int Attempt, AttemptOutcome Outcome, int? ExitCode, string? Error, TerminationReceipt? Receipt) : RunEvent;
