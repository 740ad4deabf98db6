using System.Collections.Concurrent;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Runs;

/// <summary>The workers that know a run, or are being told of it. Used by the run's loop alone; the entering itself goes on beside it.</summary>
/// <param name="run">The run.</param>
/// <param name="services">The ways to the workers, the clock.</param>
internal sealed class EnteredWorkers(RunRecord run, RunServices services) : IDisposable
{
    private readonly HashSet<WorkerId> entering = [];
    private readonly Dictionary<WorkerId, CancellationToken> entered = [];
    private readonly Dictionary<WorkerId, RunThere> there = [];
    private readonly ConcurrentDictionary<WorkerId, bool> reached = [];

    /// <summary>How many are being entered.</summary>
    public int Entering => entering.Count;

    /// <summary>Workers that have been asked to enter the run, also where their answer never came.</summary>
    public IReadOnlyCollection<WorkerId> Reached => [.. reached.Keys];

    /// <summary>Whether attempts can start on a worker: it knows the run, and its connection has not broken since.</summary>
    public bool Has(WorkerId worker) => entered.TryGetValue(worker, out CancellationToken broken) && !broken.IsCancellationRequested && !there[worker].HasLost;

    /// <summary>The run on a worker.</summary>
    public RunThere On(WorkerId worker)
    {
        if (!there.TryGetValue(worker, out RunThere? on))
        {
            there.Add(worker, on = new(run.FencingToken));
        }

        return on;
    }

    /// <summary>A worker is to be entered.</summary>
    /// <returns>Whether that is to be done now: it is not under way, and nothing that is open there forbids it.</returns>
    public bool Begin(WorkerId worker) => On(worker).MayEnter && entering.Add(worker);

    /// <summary>The entering of a worker has ended: over a connection, of which it is known when it breaks, or, null, not at all.</summary>
    public void Mark(WorkerId worker, CancellationToken? broken)
    {
        entering.Remove(worker);
        entered.Remove(worker);
        if (broken is { } over)
        {
            entered.Add(worker, over);
        }
    }

    /// <summary>Enters a worker.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="on">The run there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RunMessage> EnterAsync(WorkerRecord worker, RunThere on, CancellationToken cancellationToken)
    {
        try
        {
            WorkerLink link = services.Links.To(worker);
            try
            {
                return await EnterAsync(worker, on, link, cancellationToken).ConfigureAwait(false);
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.WorkerUnavailable && !link.IsOpen && reached.ContainsKey(worker.Id))
            {
                // A connection that broke under way says little of its worker: one that can be opened anew does.
                return await EnterAsync(worker, on, link, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OctoWorkersException e) when (WorkerAnswer.IsMissing(e.Error) || e.Error == EngineError.UnsupportedPlatform)
        {
            return new RunMessage.WorkerLost(worker.Id, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RunThere one in there.Values)
        {
            one.Dispose();
        }
    }

    private async Task<RunMessage> EnterAsync(WorkerRecord worker, RunThere on, WorkerLink link, CancellationToken cancellationToken)
    {
        IWorkerChannel channel = await link.OpenAsync(cancellationToken).ConfigureAwait(false);
        CancellationToken broken = channel.Broken;
        reached[worker.Id] = true;
        RunOnWorker? known = await WorkerAnswer.WithinAsync(
            worker.Name, WorkerAnswer.Patience, services.Time,
            token => on.EnterAsync(knownUnder => channel.EnterRunAsync(run.Id.ToString(), run.FencingToken, knownUnder, token), token), cancellationToken).ConfigureAwait(false);
        return known is null ? new RunMessage.RunUnknown(worker.Id) : new RunMessage.WorkerEntered(worker.Id, on.TakeLoss(), broken);
    }
}
