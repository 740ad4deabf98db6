namespace OctoWorkers.Engine.Commands;

/// <summary>The workers that a command may use now.</summary>
/// <param name="Workers">Those, in the order in which they are to be used.</param>
/// <param name="Ineligible">Those that were asked for by name and may not be used; of a pool, whose other workers are simply passed over, none.</param>
public sealed record EligibleWorkers(IReadOnlyList<WorkerRecord> Workers, IReadOnlyList<IneligibleWorker> Ineligible);
