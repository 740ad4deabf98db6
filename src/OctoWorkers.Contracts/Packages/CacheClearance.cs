namespace OctoWorkers;

/// <summary>What was removed from a worker's package cache.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="Removed">The bytes that were removed.</param>
/// <param name="Left">The bytes that are still there.</param>
public sealed record CacheClearance(string Worker, long Removed, long Left);
