namespace OctoWorkers.Engine.Runs;

/// <summary>A failure that counts only when a person says so.</summary>
/// <param name="Status">How its step has ended if it stands.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record HeldFailure(StepStatus Status, string? Error);
