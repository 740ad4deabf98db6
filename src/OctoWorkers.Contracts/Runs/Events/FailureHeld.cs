namespace OctoWorkers;

/// <summary>A step of a guided run failed; a person will be asked before that counts.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Status">How it has ended if the failure stands.</param>
/// <param name="Error">What went wrong, in words.</param>
public sealed record FailureHeld(int Step, StepStatus Status, string? Error) : RunEvent;
