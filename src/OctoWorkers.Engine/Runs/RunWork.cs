using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Queue;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Runs;

/// <summary>The work that a run's loop has under way. Each piece ends by telling the loop; disposing detaches all of it and waits.</summary>
internal sealed class RunWork(RunRecord run, RunServices services, IRunHost host, ChannelWriter<RunMessage> inbox) : IAsyncDisposable
{
    private readonly CancellationTokenSource detach = new();
    private readonly Dictionary<int, StopSignal> attempts = [];
    private readonly EnteredWorkers entered = new(run, services);
    private readonly Dictionary<int, (RunThere There, string Ticket)> begun = [];
    private readonly List<(RunThere There, string Ticket)> finished = [];
    private readonly List<Task> tasks = [];
    private readonly List<Task> enterings = [];
    private readonly CancellationTokenSource entersNoMore = new();
    private readonly StepStops places = new();
    private readonly StepStops preparations = new();
    private readonly Dictionary<int, Task> preparing = [];

    public int ActiveAttempts => attempts.Count;

    public int Entering => entered.Entering;

    /// <summary>Workers that have been asked to enter the run, also where their answer never came.</summary>
    public IReadOnlyCollection<WorkerId> Reached => entered.Reached;

    /// <summary>Whether attempts can start on a worker: it knows the run, and its connection has not broken since.</summary>
    public bool HasEntered(WorkerId worker) => entered.Has(worker);

    /// <summary>Makes the run known on a worker, unless that is under way or waits for what is open there.</summary>
    public void Enter(WorkerRecord worker)
    {
        if (entered.Begin(worker.Id))
        {
            RunThere there = entered.On(worker.Id);
            enterings.RemoveAll(task => task.IsCompleted);
            enterings.Add(Track(async () =>
            {
                using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(detach.Token, entersNoMore.Token);
                return await entered.EnterAsync(worker, there, either.Token).ConfigureAwait(false);
            }));
        }
    }

    /// <summary>Enters no worker any more; returns when none is being entered, so that what is removed from it now does not come back.</summary>
    public async Task EndEnteringAsync()
    {
        await entersNoMore.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(enterings).ConfigureAwait(false);
    }

    /// <summary>The entering of a worker has ended: over a connection, of which it is known when it breaks, or, null, not at all.</summary>
    public void MarkEntered(WorkerId worker, CancellationToken? broken) => entered.Mark(worker, broken);

    /// <summary>Begins an attempt, or goes on with one that another process began; to end it at once where <paramref name="stopped"/> says why.</summary>
    public void Begin(AttemptOrder order, StepScript script, WorkerRecord worker, EngineSettings settings, StopReason? stopped)
    {
        StopSignal stop = new();
        if (stopped is { } reason)
        {
            stop.Set(reason);
        }

        RunThere there = entered.On(worker.Id);
        if (order.Resume is not null)
        {
            there.Resume(order.Ticket, order.IntendedUnder);
        }

        attempts.Add(order.Number, stop);
        begun.Add(order.Number, (there, order.Ticket));
        Track(() => RunAsync(order, script, worker, there, settings, stop));
    }

    public void Watch(int step, RunId child)
        => Track(async () => new RunMessage.ChildFinished(step, await host.WaitForEndAsync(child, detach.Token).ConfigureAwait(false)));

    /// <summary>Waits for a slot; before that, workers whose health is not known any more are checked when <paramref name="check"/> is there.</summary>
    public void TakeSlot(EngineSettings? check)
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

    /// <summary>
    /// Does what comes before an attempt of a step, until that is done or given up. One that was given up before ends first: the locks that it gives back are those that
    /// this one takes.
    /// </summary>
    public void Prepare(int step, Func<CancellationToken, Task<RunMessage>> preparation)
    {
        CancellationTokenSource stop = preparations.Begin(step, detach.Token);
        Task before = preparing.GetValueOrDefault(step) ?? Task.CompletedTask;
        preparing[step] = Track(async () =>
        {
            await before.ConfigureAwait(false);
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

    /// <summary>An attempt of a step has ended.</summary>
    public void Finished(int step)
    {
        if (attempts.Remove(step, out StopSignal? stop))
        {
            stop.Dispose();
        }

        if (begun.Remove(step, out (RunThere, string) attempt))
        {
            finished.Add(attempt);
        }

        tasks.RemoveAll(task => task.IsCompleted);
    }

    /// <summary>What was heard so far is in the journal.</summary>
    public void MarkStored()
    {
        finished.ForEach(attempt => attempt.There.Leave(attempt.Ticket));
        finished.Clear();
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
        entered.Dispose();
        entersNoMore.Dispose();
        detach.Dispose();
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<RunMessage> RunAsync(AttemptOrder order, StepScript script, WorkerRecord worker, RunThere there, EngineSettings settings, StopSignal stop)
    {
        AttemptRunner runner = new(
            services, services.Links.To(worker), there, order, script, settings, events => inbox.TryWrite(new RunMessage.EventsStored(events)));
        AttemptResult result = await runner.RunAsync(stop, detach.Token).ConfigureAwait(false);
        return new RunMessage.AttemptFinished(order.Number, order.Attempt, result);
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
