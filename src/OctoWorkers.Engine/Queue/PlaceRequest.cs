namespace OctoWorkers.Engine.Queue;

/// <summary>A step asks for a place among the running steps of its worker and pool.</summary>
/// <param name="Run">The run.</param>
/// <param name="FencingToken">The owner's token.</param>
/// <param name="Step">The step's number.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Pool">The pool that it was drawn from.</param>
/// <param name="At">Now.</param>
public sealed record PlaceRequest(
    RunId Run, long FencingToken, int Step, int Attempt, WorkerId Worker, WorkerPoolId Pool, DateTimeOffset At);
