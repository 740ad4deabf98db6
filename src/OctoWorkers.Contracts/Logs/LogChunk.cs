namespace OctoWorkers;

/// <summary>
/// Consecutive lines of one attempt with the same time and level: what is stored, since a row a line would be too slow.
/// </summary>
/// <param name="FirstCursor">The number of its first line in the run's log, from 1. The store gives it: what a commit says here does not count.</param>
/// <param name="Step">Number of the step; 0 for what the engine says.</param>
/// <param name="Attempt">Number of the attempt; 0 likewise.</param>
/// <param name="FirstNumber">The number of its first line within step and attempt, from 1.</param>
/// <param name="LineCount">How many lines.</param>
/// <param name="At">When they were read.</param>
/// <param name="Level">How they are meant.</param>
/// <param name="Continues">Whether its last line was cut and the next line of the attempt is the rest.</param>
/// <param name="Text">The lines as valid UTF-8, each ended by a line feed.</param>
public sealed record LogChunk(
    long FirstCursor,
    int Step,
    int Attempt,
    long FirstNumber,
    int LineCount,
    DateTimeOffset At,
    LogLevel Level,
    bool Continues,
    ReadOnlyMemory<byte> Text);
