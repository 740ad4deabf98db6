namespace OctoWorkers;

/// <summary>The run has reached its final state.</summary>
/// <param name="Status">Its final state.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
public sealed record RunEnded(RunStatus Status, string? Error) : RunEvent;
