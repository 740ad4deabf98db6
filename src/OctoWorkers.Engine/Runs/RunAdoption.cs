using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Runs that no living process drives: detached ones, and those whose process died.</summary>
internal static class RunAdoption
{
    /// <summary>Whether nobody drives it.</summary>
    public static bool IsOrphan(IStore store, RunRecord run) => !run.HasEnded && (run.Owner is not { } owner || !store.IsAlive(owner));

    /// <summary>
    /// The runs for which nothing can be done until a person acts, so that nobody need drive them: those that wait for an answer, and those that wait for
    /// nothing but the end of such runs.
    /// </summary>
    /// <param name="unfinished">All runs that have not ended.</param>
    public static HashSet<RunId> Resting(IReadOnlyList<RunRecord> unfinished)
    {
        ILookup<RunId?, RunId> children = unfinished.Where(run => run.Request is { Parent: not null, ParentWaits: true }).ToLookup(run => run.Request.Parent, run => run.Id);
        HashSet<RunId> resting = [];
        foreach (RunRecord run in unfinished.OrderByDescending(run => run.Id))
        {
            // A child has a higher number than its parent.
            if (HasNoClock(run) && (run.AwaitsPerson || (run.AwaitsOthers && children.Contains(run.Id) && children[run.Id].All(resting.Contains))))
            {
                resting.Add(run.Id);
            }
        }

        return resting;
    }

    /// <summary>Claims every orphan that does not rest, oldest first, and has it driven.</summary>
    /// <returns>How many runs this process has to stay for: those that it drives and that do not rest.</returns>
    public static async Task<int> AdoptAllAsync(RunServices services, RunDispatcher dispatcher, CancellationToken cancellationToken)
    {
        int here = 0;
        IReadOnlyList<RunRecord> unfinished = await services.Store.GetUnfinishedRunsAsync(cancellationToken).ConfigureAwait(false);
        HashSet<RunId> resting = Resting(unfinished);
        foreach (RunRecord run in unfinished)
        {
            if (dispatcher.IsDriving(run.Id))
            {
                // Whatever the store says of its owner: claimed once more, it would be taken from the loop that drives it.
                here += resting.Contains(run.Id) ? 1 : 0;
                continue;
            }

            bool? again = dispatcher.MayTryAgain(run.Id);
            bool isFree = IsOrphan(services.Store, run) || (again is not null && run.Owner == services.Engine);
            if (!resting.Contains(run.Id) && isFree && again != false
                && await services.Store.ClaimRunAsync(run.Id, services.Engine, run.Owner, cancellationToken).ConfigureAwait(false) is { } claimed)
            {
                dispatcher.Adopt(claimed);
            }
        }

        return dispatcher.Count - here;
    }

    // A time-out of the run has to be seen to whatever it waits for; of a parent also that of the step that waits, and the time of a retry beside it.
    private static bool HasNoClock(RunRecord run)
        => run.Request.Snapshot is { Timeout: null } runbook
            && (run.AwaitsPerson || runbook.Steps.All(step => step.Retry.Count == 0 && (step.Timeout is null || step.Action is not RunRunbookAction)));
}
