namespace OctoWorkers;

/// <summary>One worker's place in a pool.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Position">Grows with every addition to the pool and is never used again, so that a place outlives its worker.</param>
public readonly record struct PoolMember(WorkerId Worker, long Position);
