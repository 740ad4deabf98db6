namespace OctoWorkers.Engine.Queue;

/// <summary>A step's place among the running steps of a worker and of the pool that it was drawn from.</summary>
/// <param name="Number">Grows with every place: first come.</param>
/// <param name="Run">The run.</param>
/// <param name="Step">The step's number.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Pool">The pool.</param>
/// <param name="State">Whether it has the place.</param>
/// <param name="Since">Since when it waits, or has it.</param>
public sealed record Place(long Number, RunId Run, int Step, WorkerId Worker, WorkerPoolId Pool, PlaceState State, DateTimeOffset Since)
{
    /// <summary>Whether a living process drives its run: only such a step can use a place.</summary>
    public bool IsDriven { get; init; } = true;
}
