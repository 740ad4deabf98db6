namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>Takes what a <see cref="FrameReader"/> reads. All calls come from its one thread.</summary>
internal interface IFrameSink
{
    /// <summary>A line, without its line feed.</summary>
    /// <returns>What follows it.</returns>
    FrameBody OnLine(ReadOnlySpan<byte> line);

    /// <summary>Some more of the bytes that follow the last line.</summary>
    void OnBytes(ReadOnlySpan<byte> bytes);

    /// <summary>The end of them.</summary>
    void OnBodyEnd();
}
