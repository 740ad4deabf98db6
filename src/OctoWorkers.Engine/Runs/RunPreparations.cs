using OctoWorkers.Engine.Locks;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// What comes before an attempt of a step may begin on its worker: its packages are acquired, and the lock of the worker is taken. The lock is taken with the
/// attempt's intent where nothing else is to be done; where somebody is in its way, it is waited for before. A lock that was taken belongs to the attempt from its
/// intent on, and the store takes it back with the attempt's end; one that is no longer wanted before that is given back here.
/// </summary>
internal sealed class RunPreparations(RunRecord run, RunServices services, RunWork work)
{
    private readonly Dictionary<int, LockRequest> underWay = [];
    private readonly Dictionary<int, LockRequest> ready = [];
    private readonly HashSet<(WorkerId Worker, string Hash)> acquired = [];
    private readonly Dictionary<int, LockRequest> atOnce = [];
    private readonly HashSet<int> refused = [];
    private readonly HashSet<int> wanted = [];
    private readonly SortedDictionary<int, Wait> waits = [];

    /// <summary>Whether a step waits for packages or for a lock.</summary>
    public bool IsBusy => underWay.Count > 0;

    /// <summary>Whether a step may begin; when not, the loop is told as soon as it may, or why it never will.</summary>
    /// <param name="state">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="worker">Its worker, on which the run was entered.</param>
    /// <exception cref="OctoWorkersException">The step's wish for a lock cannot be found out.</exception>
    public async Task<bool> IsReadyAsync(RunState state, StepState step, WorkerRecord worker)
    {
        LockMode mode = MutexBypass.ModeOf(run, state, step, worker, services);
        LockRequest request = new(
            worker.Id.ToString(), worker.Name, services.Engine, run.Id, run.FencingToken, step.Number, AcquiresPackages: false, mode, services.Time.GetUtcNow());
        wanted.Add(step.Number);
        if (IsSame(ready.GetValueOrDefault(step.Number), request))
        {
            return true;
        }

        if (IsSame(underWay.GetValueOrDefault(step.Number), request))
        {
            return false;
        }

        await GiveUpAsync(step.Number).ConfigureAwait(false);
        atOnce.Remove(step.Number);
        PlannedPackage[] missing = [.. PackagesOf(state, step.Number).Where(package => package.IsMoved && !acquired.Contains((worker.Id, package.Hash!)))];
        if (missing.Length == 0 && !refused.Contains(step.Number))
        {
            atOnce[step.Number] = request;
            return true;
        }

        underWay[step.Number] = request;
        work.Prepare(step.Number, token => PrepareAsync(step.Number, worker, missing, request, token));
        return false;
    }

    /// <summary>The packages of a step, as the plan has them.</summary>
    public static IReadOnlyList<PlannedPackage> PackagesOf(RunState state, int step)
        => state.Plan?.Steps.FirstOrDefault(planned => planned.Number == step)?.Packages ?? [];

    /// <summary>A step's preparation has ended well.</summary>
    /// <returns>Whether it is still wanted.</returns>
    public bool Hear(RunMessage.StepPrepared prepared)
    {
        foreach (AcquiredPackage package in prepared.Packages)
        {
            acquired.Add((prepared.Worker, package.Hash));
        }

        if (!ReferenceEquals(underWay.GetValueOrDefault(prepared.Step), prepared.Lock))
        {
            return false;
        }

        underWay.Remove(prepared.Step);
        ready[prepared.Step] = prepared.Lock;
        return true;
    }

    /// <summary>A step's preparation has failed.</summary>
    /// <returns>Whether that still counts.</returns>
    public bool Hear(RunMessage.PreparationFailed failed)
        => ReferenceEquals(underWay.GetValueOrDefault(failed.Step), failed.Lock) && underWay.Remove(failed.Step);

    /// <summary>The lock that is to be taken with the intent of a step that is ready; null: it is held.</summary>
    public LockRequest? LockToTake(int step) => atOnce.GetValueOrDefault(step);

    /// <summary>Locks that were to be taken with the intent cannot be had now: they are waited for. What was asked for since the last <see cref="SettleAsync"/> is decided anew.</summary>
    public void Refuse(IEnumerable<LockRequest> locks)
    {
        refused.UnionWith(locks.Select(one => one.Step));
        wanted.Clear();
    }

    /// <summary>The attempt begins: its lock is the store's matter now.</summary>
    public void Begin(int step)
    {
        ready.Remove(step);
        atOnce.Remove(step);
        refused.Remove(step);
    }

    /// <summary>Gives up what was not asked for again since the last call.</summary>
    public async Task SettleAsync()
    {
        foreach (int step in underWay.Keys.Concat(ready.Keys).Where(step => !wanted.Contains(step)).ToArray())
        {
            await GiveUpAsync(step).ConfigureAwait(false);
        }

        wanted.Clear();
    }

    private async Task GiveUpAsync(int step)
    {
        work.GiveUpPreparation(step);
        underWay.Remove(step);
        if (ready.Remove(step, out LockRequest? held))
        {
            await services.Store.ReleaseLockAsync(held, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<RunMessage> PrepareAsync(int step, WorkerRecord worker, PlannedPackage[] missing, LockRequest request, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<AcquiredPackage> packages = missing.Length == 0 ? []
                : await services.Delivery.DeliverAsync(worker, run, step, missing, wait => SayAsync(step, wait), cancellationToken).ConfigureAwait(false);
            await LockWait.TakeAsync(
                services.Store, services.Time, request, before => SayAsync(step, before is null ? null : LockWait.Of(request, before)), cancellationToken).ConfigureAwait(false);
            return new RunMessage.StepPrepared(step, worker.Id, request, packages);
        }
        catch (OctoWorkersException e) when (!e.Error.ToString().StartsWith("Store", StringComparison.Ordinal) && e.Error != EngineError.FencedOut)
        {
            return new RunMessage.PreparationFailed(step, worker.Id, request, e);
        }
    }

    private Task SayAsync(int step, Wait? wait)
    {
        Wait[] all;
        lock (waits)
        {
            waits.Remove(step);
            if (wait is not null)
            {
                waits.Add(step, wait);
            }

            all = [.. waits.Values];
        }

        return services.Store.SetWaitsAsync(run.Id, run.FencingToken, WaitKind.Lock, all, CancellationToken.None);
    }

    private static bool IsSame(LockRequest? known, LockRequest wanted) => known is not null && known with { At = wanted.At } == wanted;
}
