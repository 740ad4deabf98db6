namespace OctoWorkers;

/// <summary>A worker held by a run for one lease key.</summary>
/// <param name="Run">The run.</param>
/// <param name="Key">The key.</param>
/// <param name="Worker">The worker.</param>
/// <param name="WorkerName">Its name.</param>
/// <param name="Since">When it was drawn.</param>
public sealed record WorkerLease(RunId Run, LeaseKey Key, WorkerId Worker, string WorkerName, DateTimeOffset Since);
