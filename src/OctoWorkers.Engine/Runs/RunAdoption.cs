using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Runs that no living process drives: detached ones, and those whose process died.</summary>
internal static class RunAdoption
{
    /// <summary>Whether nobody drives it.</summary>
    public static bool IsOrphan(IStore store, RunRecord run) => !run.HasEnded && (run.Owner is not { } owner || !store.IsAlive(owner));

    /// <summary>Whether nothing can be done for it until a person acts: then nobody need drive it.</summary>
    public static bool Rests(RunRecord run) => run.AwaitsPerson && run.Request.Snapshot.Timeout is null;

    /// <summary>Claims every orphan that does not rest, oldest first, and has it driven.</summary>
    /// <returns>How many runs this process has to stay for: those that it drives and that do not rest.</returns>
    public static async Task<int> AdoptAllAsync(RunServices services, RunDispatcher dispatcher, CancellationToken cancellationToken)
    {
        int resting = 0;
        foreach (RunRecord run in await services.Store.GetUnfinishedRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (dispatcher.IsDriving(run.Id))
            {
                // Whatever the store says of its owner: claimed once more, it would be taken from the loop that drives it.
                resting += Rests(run) ? 1 : 0;
                continue;
            }

            bool? again = dispatcher.MayTryAgain(run.Id);
            bool isFree = IsOrphan(services.Store, run) || (again is not null && run.Owner == services.Engine);
            if (!Rests(run) && isFree && again != false
                && await services.Store.ClaimRunAsync(run.Id, services.Engine, run.Owner, cancellationToken).ConfigureAwait(false) is { } claimed)
            {
                dispatcher.Adopt(claimed);
            }
        }

        return dispatcher.Count - resting;
    }
}
