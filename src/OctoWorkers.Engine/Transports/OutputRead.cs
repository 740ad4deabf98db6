namespace OctoWorkers.Engine.Transports;

/// <summary>Bytes that a script wrote.</summary>
/// <param name="Stream">To which stream.</param>
/// <param name="Offset">Where in the stream they begin; always where the bytes before them ended.</param>
/// <param name="Bytes">The bytes; valid until the next signal is taken.</param>
public sealed record OutputRead(OutputKind Stream, long Offset, ReadOnlyMemory<byte> Bytes) : AttemptSignal;
