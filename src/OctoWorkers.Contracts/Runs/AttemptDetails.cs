namespace OctoWorkers;

/// <summary>An attempt of a step.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="WorkerName">The worker it ran on; null for a step that runs in the engine.</param>
/// <param name="Started">When it was about to be started.</param>
/// <param name="Ended">When it ended; null while it runs.</param>
/// <param name="Outcome">How it ended; null while it runs.</param>
/// <param name="ExitCode">The script's exit code; null when there is none.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
/// <param name="Receipt">What ending it left behind; null when it ended by itself, or runs.</param>
public sealed record AttemptDetails(
    int Number,
    string? WorkerName,
    DateTimeOffset Started,
    DateTimeOffset? Ended,
    AttemptOutcome? Outcome,
    int? ExitCode,
    string? Error,
    TerminationReceipt? Receipt)
{
    /// <summary>The worker that <see cref="WorkerName"/> names, which may be gone by now and its name another's; null for a step that runs in the engine.</summary>
    public WorkerId? Worker { get; init; }
}
