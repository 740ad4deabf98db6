using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Queue;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Runs;

/// <summary>The work that a run's loop has under way. Each piece ends by telling the loop; disposing detaches all of it and waits.</summary>
internal sealed class RunWork(RunServices services, IRunHost host, ChannelWriter<RunMessage> inbox) : IAsyncDisposable
{
    private readonly CancellationTokenSource detach = new();
    private readonly Dictionary<int, StopSignal> attempts = [];
    private readonly HashSet<WorkerId> entering = [];
    private readonly Dictionary<WorkerId, WorkerLink> entered = [];
    private readonly ConcurrentDictionary<WorkerId, bool> reached = [];
    private readonly List<Task> tasks = [];
    private readonly List<Task> enterings = [];
    private readonly CancellationTokenSource entersNoMore = new();
    private readonly StepStops places = new();
    private readonly StepStops preparations = new();

    public int ActiveAttempts => attempts.Count;

    public int Entering => entering.Count;

    /// <summary>Workers that have been asked to enter the run, also where their answer never came.</summary>
    public IReadOnlyCollection<WorkerId> Reached => [.. reached.Keys];

    /// <summary>Whether attempts can start on a worker: it knows the run, and its connection has not broken since.</summary>
    public bool HasEntered(WorkerId worker) => entered.TryGetValue(worker, out WorkerLink? link) && link.IsOpen;

    /// <summary>Makes the run known on a worker, unless that is under way.</summary>
    public void Enter(RunRecord run, WorkerRecord worker)
    {
        if (entering.Add(worker.Id))
        {
            enterings.RemoveAll(task => task.IsCompleted);
            enterings.Add(Track(() => EnterAsync(run, worker)));
        }
    }

    /// <summary>Enters no worker any more; returns when none is being entered, so that what is removed from it now does not come back.</summary>
    public async Task EndEnteringAsync()
    {
        await entersNoMore.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(enterings).ConfigureAwait(false);
    }

    /// <summary>The entering of a worker has ended: over a link, or, null, not at all.</summary>
    public void MarkEntered(WorkerId worker, WorkerLink? over)
    {
        entering.Remove(worker);
        entered.Remove(worker);
        if (over is not null)
        {
            entered.Add(worker, over);
        }
    }

    /// <summary>Begins an attempt, or goes on with one that another process began; to end it at once where <paramref name="stopped"/> says why.</summary>
    public void Begin(AttemptOrder order, StepScript script, WorkerRecord worker, EngineSettings settings, StopReason? stopped)
    {
        StopSignal stop = new();
        if (stopped is { } reason)
        {
            stop.Set(reason);
        }

        attempts.Add(order.Number, stop);
        Track(() => RunAsync(order, script, worker, settings, stop));
    }

    public void Watch(int step, RunId child)
        => Track(async () => new RunMessage.ChildFinished(step, await host.WaitForEndAsync(child, detach.Token).ConfigureAwait(false)));

    /// <summary>Waits for a slot; before that, workers whose health is not known any more are checked when <paramref name="check"/> is there.</summary>
    public void TakeSlot(RunRecord run, EngineSettings? check)
        => Track(async () =>
        {
            if (check is not null)
            {
                DueWorkers workers = await services.Health.FindDueAsync(run.Request, check, detach.Token).ConfigureAwait(false);
                await services.Health.CheckAsync(workers.Due, run.Request.Snapshot, detach.Token).ConfigureAwait(false);
            }

            await host.TakeSlotAsync(run, detach.Token).ConfigureAwait(false);
            return new RunMessage.SlotTaken();
        });

    /// <summary>Asks for a place after each change, until it is given or given up.</summary>
    public void TakePlace(PlaceRequest place)
    {
        CancellationTokenSource stop = places.Begin(place.Step, detach.Token);
        Track(async () =>
        {
            StoreChanges changes = new(services.Store, services.Time);
            try
            {
                while (!await services.Store.TryTakePlaceAsync(place, stop.Token).ConfigureAwait(false))
                {
                    await changes.NextAsync(stop.Token).ConfigureAwait(false);
                }

                return new RunMessage.PlaceTaken(place);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested && !detach.IsCancellationRequested)
            {
                return new RunMessage.PlaceGivenUp(place);
            }
        });
    }

    /// <summary>Does what comes before an attempt of a step, until that is done or given up.</summary>
    public void Prepare(int step, Func<CancellationToken, Task<RunMessage>> preparation)
    {
        CancellationTokenSource stop = preparations.Begin(step, detach.Token);
        Track(async () =>
        {
            try
            {
                return await preparation(stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested && !detach.IsCancellationRequested)
            {
                return new RunMessage.PreparationGivenUp(step);
            }
        });
    }

    /// <summary>Stops asking for the place of a step.</summary>
    public void GiveUpPlace(int step) => places.GiveUp(step);

    /// <summary>Stops what comes before an attempt of a step.</summary>
    public void GiveUpPreparation(int step) => preparations.GiveUp(step);

    public void Stop(int step, StopReason reason)
    {
        if (attempts.TryGetValue(step, out StopSignal? stop))
        {
            stop.Set(reason);
        }
    }

    public void Finished(int step)
    {
        if (attempts.Remove(step, out StopSignal? stop))
        {
            stop.Dispose();
        }

        tasks.RemoveAll(task => task.IsCompleted);
    }

    public async ValueTask DisposeAsync()
    {
        await detach.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(tasks).ConfigureAwait(false);
        foreach (StopSignal stop in attempts.Values)
        {
            stop.Dispose();
        }

        places.Dispose();
        preparations.Dispose();
        entersNoMore.Dispose();
        detach.Dispose();
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<RunMessage> RunAsync(AttemptOrder order, StepScript script, WorkerRecord worker, EngineSettings settings, StopSignal stop)
    {
        AttemptRunner runner = new(
            services, services.Links.To(worker), order, script, settings, events => inbox.TryWrite(new RunMessage.EventsStored(events)));
        AttemptResult result = await runner.RunAsync(stop, detach.Token).ConfigureAwait(false);
        return new RunMessage.AttemptFinished(order.Number, order.Attempt, result);
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<RunMessage> EnterAsync(RunRecord run, WorkerRecord worker)
    {
        try
        {
            WorkerLink link = services.Links.To(worker);
            try
            {
                await EnterAsync(run, worker, link).ConfigureAwait(false);
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.WorkerUnavailable && !link.IsOpen && reached.ContainsKey(worker.Id))
            {
                // A connection that broke under way says little of its worker: one that can be opened anew does.
                await EnterAsync(run, worker, link).ConfigureAwait(false);
            }

            return new RunMessage.WorkerEntered(worker.Id, link);
        }
        catch (OctoWorkersException e) when (WorkerAnswer.IsMissing(e.Error) || e.Error == EngineError.UnsupportedPlatform)
        {
            return new RunMessage.WorkerLost(worker.Id, e);
        }
    }

    private async Task EnterAsync(RunRecord run, WorkerRecord worker, WorkerLink link)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(detach.Token, entersNoMore.Token);
        IWorkerChannel channel = await link.OpenAsync(either.Token).ConfigureAwait(false);
        reached[worker.Id] = true;
        await WorkerAnswer.WithinAsync(
            worker.Name, WorkerAnswer.Patience, services.Time,
            token => channel.EnterRunAsync(run.Id.ToString(), run.FencingToken, token), either.Token).ConfigureAwait(false);
    }

    private Task Track(Func<Task<RunMessage>> work)
    {
        Task task = Task.Run(() => TellAsync(work));
        tasks.Add(task);
        return task;
    }

    private async Task TellAsync(Func<Task<RunMessage>> work)
    {
        RunMessage message;
        try
        {
            message = await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (detach.IsCancellationRequested || entersNoMore.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            message = new RunMessage.Broken(e);
        }

        inbox.TryWrite(message);
    }
}
