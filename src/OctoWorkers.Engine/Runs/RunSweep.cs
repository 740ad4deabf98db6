using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Runs;

/// <summary>Removes what a run has on its workers, and says where that did not work.</summary>
internal static class RunSweep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sweeps the workers side by side.</summary>
    /// <returns>What is left to be removed at the next contact.</returns>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public static async Task<IReadOnlyList<PendingCleanup>> SweepAsync(
        RunServices services, RunId run, RunState state, IReadOnlyCollection<WorkerRecord> workers)
    {
        PendingCleanup?[] left = await Task.WhenAll(workers.Select(worker => SweepAsync(services, run, state, worker))).ConfigureAwait(false);
        return [.. left.OfType<PendingCleanup>()];
    }

    /// <summary>
    /// What the former owner of a run does when it has learned of its successor, and touches no worker any more: where the run has ended already, it may have entered
    /// a worker after the successor had removed the run there. Where it has not, the successor removes it.
    /// </summary>
    /// <param name="services">The store, and the ways to the workers.</param>
    /// <param name="run">The run.</param>
    /// <param name="reached">The workers that the former owner has reached.</param>
    public static async Task SweepLateAsync(RunServices services, RunRecord run, IReadOnlyCollection<WorkerRecord> reached)
    {
        if (reached.Count == 0 || await EndOfAsync(services, run).ConfigureAwait(false) is not { } state)
        {
            return;
        }

        foreach (PendingCleanup left in await SweepAsync(services, run.Id, state, reached).ConfigureAwait(false))
        {
            await services.Store.AddPendingCleanupAsync(left, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Null where the run has not ended; one that was removed has left nothing that could still be running.
    private static async Task<RunState?> EndOfAsync(RunServices services, RunRecord run)
    {
        try
        {
            RunState state = RunState.Of(run.Request, await services.Store.GetEventsAsync(run.Id, CancellationToken.None).ConfigureAwait(false));
            return state.Final is null ? null : state;
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.RunNotFound)
        {
            return RunState.Of(run.Request, []);
        }
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private static async Task<PendingCleanup?> SweepAsync(RunServices services, RunId run, RunState state, WorkerRecord worker)
    {
        try
        {
            WorkerLink link = services.Links.To(worker);
            if (!link.IsOpen && IsUnverified(state, worker))
            {
                // It has just been waited for in vain.
                return new PendingCleanup(worker.Id, run, [.. Unsettled(run, state, worker)]);
            }

            using CancellationTokenSource tooLong = new(Patience, services.Time);
            IWorkerChannel channel = await link.OpenAsync(tooLong.Token).ConfigureAwait(false);
            foreach (string ticket in Unsettled(run, state, worker))
            {
                await channel.TerminateAsync(run.ToString(), ticket, TimeSpan.Zero, tooLong.Token).ConfigureAwait(false);
            }

            await channel.RemoveRunAsync(run.ToString(), tooLong.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is OctoWorkersException or OperationCanceledException)
        {
            return new PendingCleanup(worker.Id, run, [.. Unsettled(run, state, worker)]);
        }
    }

    private static bool IsUnverified(RunState state, WorkerRecord worker)
        => state.StepsAndParts.SelectMany(step => step.Attempts)
            .Any(attempt => attempt.Worker == worker.Id && attempt.Receipt is { Verdict: TerminationVerdict.Unverified });

    // Attempts that may still be running although the run has given them up.
    private static IEnumerable<string> Unsettled(RunId run, RunState state, WorkerRecord worker)
        => from step in state.StepsAndParts
           from attempt in step.Attempts
           where attempt.Worker == worker.Id
           where attempt.Outcome is AttemptOutcome.Unknown || attempt.Receipt is { Verdict: TerminationVerdict.Unverified }
           select AttemptOrder.TicketOf(run, step.Number, attempt.Number);
}
