namespace OctoWorkers;

/// <summary>An attempt is about to be started: stored before the worker hears of it.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="Worker">The worker it starts on; null for a step that runs in the engine.</param>
/// <param name="WorkerName">The worker's name; null likewise.</param>
public sealed record AttemptIntended(int Step, int Attempt, WorkerId? Worker, string? WorkerName) : RunEvent
{
    /// <summary>The pool that the worker was drawn from; null for a step that runs in the engine, and where an older version stored it.</summary>
    public WorkerPoolId? Pool { get; init; }
}
