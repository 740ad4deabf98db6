namespace OctoWorkers.Engine.Workers;

/// <summary>What is to be done about workers before a run is planned.</summary>
/// <param name="Due">Those to be checked.</param>
/// <param name="Expected">Those that the plan is all but certain to choose, so that their connections can be opened meanwhile.</param>
internal sealed record DueWorkers(IReadOnlyList<WorkerRecord> Due, IReadOnlyList<WorkerRecord> Expected);
