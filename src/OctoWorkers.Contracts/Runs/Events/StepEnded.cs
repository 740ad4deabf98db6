namespace OctoWorkers;

/// <summary>A step has reached its final state.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Status">Its final state.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
public sealed record StepEnded(int Step, StepStatus Status, string? Error) : RunEvent;
