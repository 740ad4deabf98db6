namespace OctoWorkers.Engine.Planning;

/// <summary>How many leases workers have: those that are active, and those that this plan has drawn so far, from whatever pool.</summary>
internal sealed class LeaseCounts
{
    private readonly Dictionary<WorkerId, int> drawn = [];

    internal int Of(WorkerRecord worker) => worker.Leases + drawn.GetValueOrDefault(worker.Id);

    internal void Add(WorkerRecord worker) => drawn[worker.Id] = drawn.GetValueOrDefault(worker.Id) + 1;
}
