using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Journal;

/// <summary>Where the reading of an attempt's output stands: stored in one transaction with the lines read.</summary>
/// <param name="Step">Number of the step.</param>
/// <param name="Attempt">Number of the attempt.</param>
/// <param name="Offsets">Bytes read of each stream.</param>
/// <param name="NextLine">The number of the attempt's next line, from 1.</param>
/// <param name="PartialOut">What was read of an unfinished line of the standard output.</param>
/// <param name="PartialError">What was read of an unfinished line of the standard error.</param>
public sealed record OutputCursor(
    int Step,
    int Attempt,
    OutputOffsets Offsets,
    long NextLine,
    ReadOnlyMemory<byte> PartialOut,
    ReadOnlyMemory<byte> PartialError);
