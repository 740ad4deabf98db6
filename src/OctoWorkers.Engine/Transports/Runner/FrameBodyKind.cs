namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>How the bytes that follow a line end.</summary>
internal enum FrameBodyKind
{
    /// <summary>There are none: another line follows.</summary>
    None,
    /// <summary>After a number of bytes, and a line feed.</summary>
    Counted,
    /// <summary>Before the channel's boundary.</summary>
    Bounded,
}
