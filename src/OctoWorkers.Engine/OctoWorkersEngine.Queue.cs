using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine;

/// <content>The queue, who waits for what, and drains.</content>
public sealed partial class OctoWorkersEngine
{
    /// <summary>The queue: its pause, and the runs that have not begun in the order in which they would.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<QueueState> GetQueueAsync(CancellationToken cancellationToken)
        => new(
            await Store.GetQueuePauseAsync(cancellationToken).ConfigureAwait(false),
            await Store.GetRunsAsync(new() { InQueueOrder = true }, cancellationToken).ConfigureAwait(false));

    /// <summary>Pauses the queue: no queued run begins, also of other processes, and what runs goes on. Lasts until <see cref="ResumeQueueAsync"/>.</summary>
    /// <param name="reason">Why; may be empty, which keeps the reason of one who has paused it before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<QueuePause> PauseQueueAsync(string reason, CancellationToken cancellationToken)
    {
        await Store.PauseQueueAsync(new(Environment.UserName, reason, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        return await Store.GetQueuePauseAsync(cancellationToken).ConfigureAwait(false) ?? new(Environment.UserName, reason, time.GetUtcNow());
    }

    /// <summary>Lets queued runs begin again.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was paused.</returns>
    public Task<bool> ResumeQueueAsync(CancellationToken cancellationToken) => Store.ResumeQueueAsync(cancellationToken);

    /// <summary>What a run waits for now, and what the runs that it waits for wait for, as far down as there is anything.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The run first; each run once. Empty waits: it does not wait.</returns>
    public Task<IReadOnlyList<RunRecord>> ExplainWaitAsync(RunId run, CancellationToken cancellationToken)
        => WaitChain.ReadAsync(Store, run, cancellationToken);

    /// <summary>Drains a worker: no new lease is given on it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="deadline">How long it may take; null: as long as it does.</param>
    /// <param name="cancels">Whether the runs that still have a lease on it then are canceled, by whatever process drives runs then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WorkerRecord> DrainWorkerAsync(string name, TimeSpan? deadline, bool cancels, CancellationToken cancellationToken)
    {
        WorkerDrain? drain = deadline is { } length ? new(time.GetUtcNow() + length, cancels, Environment.UserName) : null;
        WorkerRecord worker = await Store.DrainWorkerAsync(name, drain, cancellationToken).ConfigureAwait(false);
        await Store.EndDrainsAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return worker;
    }

    /// <summary>Waits until no run has a lease on a worker, or the deadline of its drain has passed; where that cancels runs, until these have ended.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="cancellationToken">Stops waiting; the drain goes on.</param>
    /// <returns>The leases that are left.</returns>
    public Task<IReadOnlyList<WorkerLease>> WaitForDrainAsync(WorkerRecord worker, CancellationToken cancellationToken)
        => DrainWait.WaitAsync(Store, worker, time, cancellationToken);

    private Task<IReadOnlyList<Wait>> OutlookAsync(RunRequest request, CancellationToken cancellationToken)
        => Store.GetOutlookAsync(
            services.Machine, ConcurrencyTags.Of(request, services.Secrets, services.Text), time.GetUtcNow(), cancellationToken);
}
