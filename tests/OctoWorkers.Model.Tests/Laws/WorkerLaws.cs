using OctoWorkers.Engine.Journal;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>When a run has ended nothing of it is on a worker, or it is written down that it is to be removed there.</summary>
internal static class WorkerLaws
{
    /// <summary>Looks at the workers that the store knows.</summary>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public static async Task VerifyAsync(ModelWorld world)
    {
        IReadOnlyList<PendingCleanup> pending = await world.Store.GetPendingCleanupsAsync(world.Stop);
        IEnumerable<WorkerRecord> targets = (await world.Store.GetTargetsAsync(world.Stop)).Select(target => target.Machine);
        foreach (WorkerRecord worker in (await world.Store.GetWorkersAsync(world.Stop)).Concat(targets))
        {
            foreach (string run in world.Fleet.RunsOn(worker.Id).Where(run => run.StartsWith("RunbookRuns-", StringComparison.Ordinal)))
            {
                if (!pending.Any(cleanup => cleanup.Worker == worker.Id && cleanup.Run.ToString() == run))
                {
                    throw new LawBrokenException($"{run} has ended, and something of it is still on worker '{worker.Name}', which nobody will remove.");
                }
            }
        }
    }
}
