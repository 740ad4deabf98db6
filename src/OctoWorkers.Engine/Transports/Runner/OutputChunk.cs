namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>A stretch of one stream that was received and not read yet; its buffer is borrowed from the pool.</summary>
internal sealed class OutputChunk(OutputKind stream, long offset, byte[] buffer)
{
    internal OutputKind Stream => stream;

    internal long Offset => offset;

    internal byte[] Buffer => buffer;

    internal int Length { get; set; }

    internal long End => offset + Length;
}
