using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>How an attempt ended, with what of its log is not stored yet: it is stored together with the result.</summary>
internal sealed record AttemptResult(AttemptOutcome Outcome, int? ExitCode, string? Error, TerminationReceipt? Receipt)
{
    public IReadOnlyList<LogChunk> Log { get; init; } = [];

    public OutputCursor? Cursor { get; init; }
}
