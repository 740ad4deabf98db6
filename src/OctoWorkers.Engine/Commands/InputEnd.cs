namespace OctoWorkers.Engine.Commands;

/// <summary>How an input ended on its lane.</summary>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="IsLaneUsable">Whether the lane can take another input.</param>
public sealed record InputEnd(Exception? Error, bool IsLaneUsable)
{
    /// <summary>Set when the worker cannot run the command at all, and has not begun: the input goes to another, and no other goes there.</summary>
    public OctoWorkersException? Refusal { get; init; }

    /// <summary>Whether it was handed over at all; else it goes to a lane again, and this was no attempt.</summary>
    public bool HasBegun { get; init; } = true;

    /// <summary>The lane, which had run others, was found gone before the input was handed over.</summary>
    public static InputEnd NotBegun { get; } = new(null, false) { HasBegun = false };

    /// <summary>It did what it was to do.</summary>
    public static InputEnd Done { get; } = new(null, true);

    /// <summary>The worker cannot run the command at all, and has not begun.</summary>
    /// <param name="why">Why.</param>
    public static InputEnd Refused(OctoWorkersException why) => new(why, false) { Refusal = why };
}
