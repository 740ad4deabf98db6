namespace OctoWorkers.Engine.Commands;

/// <summary>How an input ended on its lane.</summary>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="IsLaneUsable">Whether the lane can take another input.</param>
public sealed record InputEnd(Exception? Error, bool IsLaneUsable)
{
    /// <summary>Set when the worker cannot run the command at all, and has not begun: the input goes to another, and no other goes there.</summary>
    public OctoWorkersException? Refusal { get; init; }

    /// <summary>It did what it was to do.</summary>
    public static InputEnd Done { get; } = new(null, true);

    /// <summary>The worker cannot run the command at all, and has not begun.</summary>
    /// <param name="why">Why.</param>
    public static InputEnd Refused(OctoWorkersException why) => new(why, false) { Refusal = why };
}
