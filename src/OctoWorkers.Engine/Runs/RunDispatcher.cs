using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Keeps the runs that this process drives, tells them of cancels and answers, and gives them up together.</summary>
internal sealed class RunDispatcher : IRunHost, IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(50);

    private readonly RunServices services;
    private readonly TaskSlots slots;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource handOver = new();
    private readonly Dictionary<RunId, DrivenRun> driven = [];
    private readonly RunFailures failures;
    private readonly RequestWatch requests;
    private readonly RetentionAtEnd retention;
    private readonly BackgroundTasks tasks = new();
    private Task lastLined = Task.CompletedTask;
    private bool isStarted;

    public RunDispatcher(RunServices services)
    {
        this.services = services;
        slots = new(services);
        failures = new(services);
        requests = new(services, Deliver);
        retention = new(services.Retention, services.Time, tasks);
    }

    /// <summary>How many runs this process drives.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return driven.Count;
            }
        }
    }

    /// <summary>Whether this process drives a run now.</summary>
    public bool IsDriving(RunId run)
    {
        lock (gate)
        {
            return driven.ContainsKey(run);
        }
    }

    /// <summary>Whether a run failed to be driven by this process, so that it has to be claimed again; not before a pause, which grows. Null: it did not.</summary>
    public bool? MayTryAgain(RunId run) => IsDriving(run) ? null : failures.MayTryAgain(run);

    /// <summary>Begins to give out slots and to listen for cancels.</summary>
    public void Start()
    {
        lock (gate)
        {
            if (!isStarted)
            {
                isStarted = true;
                tasks.Add(() => slots.RunAsync(handOver.Token));
                tasks.Add(() => requests.RunAsync(handOver.Token));
            }
        }
    }

    public void Adopt(RunRecord run)
    {
        lock (gate)
        {
            // Also while runs are given up: this one is then given up with them.
            DrivenRun entry = new(run, lastLined);
            if (driven.TryAdd(run.Id, entry))
            {
                lastLined = entry.Lined.Task;
                tasks.Add(() => DriveAsync(entry));
            }
            else
            {
                entry.Dispose();
            }
        }
    }

    public async Task TakeSlotAsync(RunRecord run, CancellationToken cancellationToken)
    {
        EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
        IDisposable turn = await slots.TakeAsync(run, settings.TaskCap, cancellationToken).ConfigureAwait(false);
        turn.Dispose();
    }

    public Task ReleaseSlotAsync(RunRecord run) => slots.ReleaseAsync(run);

    /// <summary>Completes when this process no longer drives the run; null: it does not.</summary>
    public Task? LeftHere(RunId run)
    {
        lock (gate)
        {
            return driven.TryGetValue(run, out DrivenRun? entry) ? entry.Left.Task : null;
        }
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<RunRecord> WaitForEndAsync(RunId run, CancellationToken cancellationToken)
    {
        long seen = 0;
        while (true)
        {
            // Looked up before the record is read, so that an end in between is not missed.
            Task? left = LeftHere(run);
            if (left is { IsCompleted: false })
            {
                await left.WaitAsync(cancellationToken).ConfigureAwait(false);
                failures.ThrowIfAny(run);
                continue;
            }

            RunRecord record = await services.Store.GetRunAsync(run, cancellationToken).ConfigureAwait(false);
            if (record.HasEnded)
            {
                return record;
            }

            if (record.Owner is null || record.Owner == services.Engine)
            {
                // It may have failed here before anybody waited.
                failures.ThrowIfAny(run);
            }

            seen = await services.Store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
            await Task.Delay(PollPause, services.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives all runs up, in the state in which they are; returns when this process no longer touches them.</summary>
    /// <returns>The runs given up.</returns>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<IReadOnlyList<RunId>> StopAsync()
    {
        await handOver.CancelAsync().ConfigureAwait(false);
        await tasks.EndAsync().ConfigureAwait(false);
        lock (gate)
        {
            return [.. driven.Keys.Union(failures.Runs).Order()];
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync().ConfigureAwait(false);
        }
        finally
        {
            foreach (DrivenRun entry in driven.Values)
            {
                entry.Dispose();
            }

            slots.Dispose();
            handOver.Dispose();
        }

        if ((requests.Unforeseen ?? retention.Unforeseen) is { } bug)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(bug);
        }
    }

    private async Task DriveAsync(DrivenRun entry)
    {
        RunId run = entry.Run.Id;
        RunLoopEnd end = RunLoopEnd.Ended;
        bool hasEnded = false;
        try
        {
            await failures.TryTellAsync(entry.Run).ConfigureAwait(false);
            end = await new RunDriver(services, slots, this).DriveAsync(entry, handOver.Token).ConfigureAwait(false);
            hasEnded = end == RunLoopEnd.Ended;
            if (end == RunLoopEnd.HandedOver)
            {
                await services.Store.ReleaseRunAsync(run, services.Engine, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // The run stays as its journal says. Who waits for it here is told; another process, or this one after a pause, goes on with it.
            failures.Add(run, e);
            await failures.TryTellAsync(entry.Run).ConfigureAwait(false);
            await TryReleaseAsync(run).ConfigureAwait(false);
        }
        finally
        {
            if (end != RunLoopEnd.HandedOver)
            {
                lock (gate)
                {
                    driven.Remove(run);
                }

                entry.Dispose();
            }

            entry.Lined.TrySetResult();
            entry.Left.TrySetResult();
        }

        if (hasEnded && entry.Run.Request.Parent is null)
        {
            retention.Hear(entry.Run, handOver.Token);
        }
    }

    // What made the driving fail is often the store: then it cannot be given up either, and only this process can go on with it.
    private async Task TryReleaseAsync(RunId run)
    {
        try
        {
            await services.Store.ReleaseRunAsync(run, services.Engine, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What is told is the first failure, which is kept.
        }
    }

    private void Deliver(RunId run, Action<DrivenRun> tell)
    {
        lock (gate)
        {
            if (driven.TryGetValue(run, out DrivenRun? entry))
            {
                tell(entry);
            }
        }
    }
}
