namespace OctoWorkers;

/// <summary>One line of a run's log.</summary>
/// <param name="Cursor">Its number in the run's log, from 1, without gaps: reading goes on after it.</param>
/// <param name="Step">Number of the step; 0 for what the engine says of the run as a whole.</param>
/// <param name="Attempt">Number of the attempt; 0 likewise.</param>
/// <param name="Number">Its number within step and attempt, from 1.</param>
/// <param name="At">When it was read.</param>
/// <param name="Level">How it is meant.</param>
/// <param name="Text">The text, without the line's end.</param>
/// <param name="Continues">Whether the next line of the attempt is the rest of this one, cut at 64 KiB.</param>
public sealed record LogLine(
    long Cursor,
    int Step,
    int Attempt,
    long Number,
    DateTimeOffset At,
    LogLevel Level,
    string Text,
    bool Continues)
{
    /// <summary>Name of the deployment target that the step runs for; null when it is about none.</summary>
    public string? Target { get; init; }
}
