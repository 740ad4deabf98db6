namespace OctoWorkers;

/// <summary>Another attempt is due later.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The number of the coming attempt.</param>
/// <param name="Due">When it may start.</param>
public sealed record RetryScheduled(int Step, int Attempt, DateTimeOffset Due) : RunEvent
{
    /// <summary>The number of the runbook's step where <see cref="Step"/> is a part of it, for a deployment target; null otherwise.</summary>
    public int? OfStep { get; init; }

    /// <summary>Name of that deployment target; null likewise.</summary>
    public string? Target { get; init; }
}
