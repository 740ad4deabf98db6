namespace OctoWorkers;

/// <summary>The run no longer waits for a person, because it was stopped.</summary>
/// <param name="Number">The interruption's number in the run.</param>
public sealed record InterruptionEnded(int Number) : RunEvent;
