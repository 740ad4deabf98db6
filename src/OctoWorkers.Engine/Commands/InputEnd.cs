namespace OctoWorkers.Engine.Commands;

/// <summary>How an input ended on its lane.</summary>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="IsLaneUsable">Whether the lane can take another input.</param>
public sealed record InputEnd(Exception? Error, bool IsLaneUsable)
{
    /// <summary>It did what it was to do.</summary>
    public static InputEnd Done { get; } = new(null, true);
}
