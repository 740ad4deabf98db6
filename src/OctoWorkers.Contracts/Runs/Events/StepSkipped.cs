namespace OctoWorkers;

/// <summary>A step will not run.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record StepSkipped(int Step, string Reason) : RunEvent;
