namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>What follows a line that was read.</summary>
/// <param name="Kind">How it ends.</param>
/// <param name="Length">Its length in bytes, when that is how.</param>
internal readonly record struct FrameBody(FrameBodyKind Kind, long Length = 0)
{
    /// <summary>Another line.</summary>
    internal static FrameBody None => default;
}
