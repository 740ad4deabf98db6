namespace OctoWorkers.Engine.Workers;

/// <summary>What checking a worker found.</summary>
/// <param name="Name">The worker's name.</param>
/// <param name="Health">Its health now, as stored.</param>
/// <param name="Elapsed">How long the check took.</param>
public sealed record WorkerCheck(string Name, WorkerHealth Health, TimeSpan Elapsed);
