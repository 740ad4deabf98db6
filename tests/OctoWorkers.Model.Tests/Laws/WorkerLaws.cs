using OctoWorkers.Engine.Journal;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>
/// When a run has ended nothing of it is on a worker, or it is written down that it is to be removed there. Of a run that was taken over from a process which lived
/// nevertheless an empty folder may stay: the process may enter a worker after the new owner has removed the run there.
/// </summary>
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
                bool isKnown = pending.Any(cleanup => cleanup.Worker == worker.Id && cleanup.Run.ToString() == run);
                if (!isKnown && !(world.Model.HadGhosts && await WasTakenOverAsync(world, run)))
                {
                    throw new LawBrokenException($"{run} has ended, and something of it is still on worker '{worker.Name}', which nobody will remove.");
                }
            }
        }
    }

    private static async Task<bool> WasTakenOverAsync(ModelWorld world, string run)
        => RunId.TryParse(run, out RunId id) && (await world.Store.GetRunAsync(id, world.Stop)).FencingToken > 1;
}
