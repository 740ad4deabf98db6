namespace OctoWorkers;

/// <summary>A worker that may not be used now.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Reason">Why, on one line: "draining", "Unavailable: connection refused".</param>
public sealed record IneligibleWorker(WorkerRecord Worker, string Reason);
