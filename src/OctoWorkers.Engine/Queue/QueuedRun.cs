namespace OctoWorkers.Engine.Queue;

/// <summary>A run that stands in a machine's line for a task slot.</summary>
/// <param name="Run">The run.</param>
/// <param name="HasBegun">Whether it has begun before, and gave its slot back while it waited.</param>
/// <param name="IsDriven">Whether a living process drives it: only such a run can use a slot.</param>
/// <param name="ConcurrencyTag">Its tag; null: none.</param>
public sealed record QueuedRun(RunId Run, bool HasBegun, bool IsDriven, string? ConcurrencyTag);
