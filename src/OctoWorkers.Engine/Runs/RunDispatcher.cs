using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Keeps the runs that this process drives, tells them of cancels, and gives them up together.</summary>
internal sealed class RunDispatcher : IRunHost, IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(50);

    private readonly RunServices services;
    private readonly TaskSlots slots;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource handOver = new();
    private readonly Dictionary<RunId, DrivenRun> driven = [];
    private readonly Dictionary<RunId, Exception> failures = [];
    private readonly HashSet<Task> tasks = [];
    private bool isStarted;

    public RunDispatcher(RunServices services)
    {
        this.services = services;
        slots = new(services);
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

    /// <summary>Begins to give out slots and to listen for cancels.</summary>
    public void Start()
    {
        lock (gate)
        {
            if (!isStarted)
            {
                isStarted = true;
                Track(() => slots.RunAsync(handOver.Token));
                Track(WatchCancelsAsync);
            }
        }
    }

    public void Adopt(RunRecord run)
    {
        lock (gate)
        {
            DrivenRun entry = new(run);
            if (!handOver.IsCancellationRequested && driven.TryAdd(run.Id, entry))
            {
                Track(() => DriveAsync(entry));
            }
            else
            {
                entry.Dispose();
            }
        }
    }

    public async Task TakeSlotAsync(RunRecord run, CancellationToken cancellationToken)
    {
        IDisposable turn = await slots.TakeAsync(run, cancellationToken).ConfigureAwait(false);
        turn.Dispose();
    }

    public Task ReleaseSlotAsync(RunRecord run) => slots.ReleaseAsync(run);

    public async Task<RunRecord> WaitForEndAsync(RunId run, CancellationToken cancellationToken)
    {
        long seen = 0;
        while (true)
        {
            // Looked up before the record is read, so that an end in between is not missed.
            Task? left = LeftHere(run);
            RunRecord record = await services.Store.GetRunAsync(run, cancellationToken).ConfigureAwait(false);
            if (record.HasEnded)
            {
                return record;
            }

            if (left is not null)
            {
                await left.WaitAsync(cancellationToken).ConfigureAwait(false);
                ThrowIfFailed(run);
            }
            else
            {
                seen = await services.Store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
                await Task.Delay(PollPause, services.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives all runs up, in the state in which they are; returns when this process no longer touches them.</summary>
    /// <returns>The runs given up.</returns>
    public async Task<IReadOnlyList<RunId>> StopAsync()
    {
        await handOver.CancelAsync().ConfigureAwait(false);
        Task[] all;
        lock (gate)
        {
            all = [.. tasks];
        }

        await Task.WhenAll(all).ConfigureAwait(false);
        lock (gate)
        {
            return [.. driven.Keys.Order()];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        foreach (DrivenRun entry in driven.Values)
        {
            entry.Dispose();
        }

        slots.Dispose();
        handOver.Dispose();
    }

    private Task? LeftHere(RunId run)
    {
        lock (gate)
        {
            return driven.TryGetValue(run, out DrivenRun? entry) ? entry.Left.Task : null;
        }
    }

    private void ThrowIfFailed(RunId run)
    {
        lock (gate)
        {
            if (failures.TryGetValue(run, out Exception? failure))
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    private void Track(Func<Task> work)
    {
        Task task = Task.Run(work);
        tasks.RemoveWhere(done => done.IsCompletedSuccessfully);
        tasks.Add(task);
    }

    private async Task DriveAsync(DrivenRun entry)
    {
        RunId run = entry.Run.Id;
        RunLoopEnd end = RunLoopEnd.Ended;
        try
        {
            end = await new RunDriver(services, slots, this).DriveAsync(entry, handOver.Token).ConfigureAwait(false);
            if (end == RunLoopEnd.HandedOver)
            {
                await services.Store.ReleaseRunAsync(run, services.Engine, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // The run stays as its journal says. Who waits for it here is told; another process takes it over.
            lock (gate)
            {
                failures[run] = e;
            }
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

            entry.Left.TrySetResult();
            slots.Look();
        }
    }

    private async Task WatchCancelsAsync()
    {
        long seen = 0;
        try
        {
            while (true)
            {
                seen = await services.Store.WaitForChangeAsync(seen, LongestWait, handOver.Token).ConfigureAwait(false);
                IReadOnlyList<CancelRequest> requests = await services.Store.GetCancelRequestsAsync(services.Engine, handOver.Token).ConfigureAwait(false);
                foreach (IGrouping<RunId, CancelRequest> asked in requests.GroupBy(request => request.Run))
                {
                    Deliver(asked.Key, [.. asked]);
                }

                await Task.Delay(PollPause, services.Time, handOver.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (handOver.IsCancellationRequested)
        {
        }
    }

    private void Deliver(RunId run, IReadOnlyList<CancelRequest> requests)
    {
        lock (gate)
        {
            if (driven.TryGetValue(run, out DrivenRun? entry))
            {
                entry.Hear(requests);
            }
        }
    }
}
