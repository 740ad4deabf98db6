namespace OctoWorkers;

/// <summary>The run has reached its final state.</summary>
/// <param name="Status">Its final state.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
public sealed record RunEnded(RunStatus Status, string? Error) : RunEvent
{
    /// <summary>The error that kept the run from being planned; null when it was planned, or ended for another reason.</summary>
    public EngineError? Cause { get; init; }
}
