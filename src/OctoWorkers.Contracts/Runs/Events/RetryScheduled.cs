namespace OctoWorkers;

/// <summary>Another attempt is due later.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The number of the coming attempt.</param>
/// <param name="Due">When it may start.</param>
public sealed record RetryScheduled(int Step, int Attempt, DateTimeOffset Due) : RunEvent;
