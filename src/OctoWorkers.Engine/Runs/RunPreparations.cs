using OctoWorkers.Engine.Locks;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// What comes before an attempt of a step may begin on its worker: its packages are acquired, and the lock of the worker is taken. The lock is taken with the
/// attempt's intent where nothing else is to be done; where somebody is in its way, it is waited for before. A lock that was taken belongs to the attempt from its
/// intent on, and the store takes it back with the attempt's end; one that is no longer wanted before that is given back here.
/// </summary>
internal sealed class RunPreparations(RunRecord run, RunServices services, RunWork work)
{
    private readonly Dictionary<int, StepLocks> underWay = [];
    private readonly Dictionary<int, StepLocks> ready = [];
    private readonly HashSet<(WorkerId Worker, string Hash)> acquired = [];
    private readonly Dictionary<int, StepLocks> atOnce = [];
    private readonly HashSet<int> refused = [];
    private readonly HashSet<int> wanted = [];
    private readonly SortedDictionary<int, Wait> waits = [];

    /// <summary>Whether a step waits for packages or for a lock.</summary>
    public bool IsBusy => underWay.Count > 0;

    /// <summary>Whether a step may begin; when not, the loop is told as soon as it may, or why it never will.</summary>
    /// <param name="state">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="worker">Its worker, on which the run was entered.</param>
    /// <param name="target">The deployment target that it is for; null when it is for none.</param>
    /// <exception cref="OctoWorkersException">The step's wish for a lock cannot be found out.</exception>
    public async Task<bool> IsReadyAsync(RunState state, StepState step, WorkerRecord worker, WorkerRecord? target)
    {
        StepLocks locks = LocksOf(state, step, worker, target);
        wanted.Add(step.Number);
        if (locks.IsSame(ready.GetValueOrDefault(step.Number)))
        {
            return true;
        }

        if (locks.IsSame(underWay.GetValueOrDefault(step.Number)))
        {
            return false;
        }

        await GiveUpAsync(step.Number).ConfigureAwait(false);
        atOnce.Remove(step.Number);
        PlannedPackage[] missing = [.. PackagesOf(state, step.Number).Where(package => package.IsMoved && !acquired.Contains((worker.Id, package.Hash!)))];
        if (missing.Length == 0 && !refused.Contains(step.Number))
        {
            atOnce[step.Number] = locks;
            return true;
        }

        underWay[step.Number] = locks;
        work.Prepare(step.Number, token => PrepareAsync(step, worker, missing, locks, token));
        return false;
    }

    /// <summary>The packages of a step, as the plan has them.</summary>
    public static IReadOnlyList<PlannedPackage> PackagesOf(RunState state, int step)
        => state.PlannedOf(step)?.Packages ?? [];

    /// <summary>A step's preparation has ended well.</summary>
    public async Task HearAsync(RunMessage.StepPrepared prepared)
    {
        foreach (AcquiredPackage package in prepared.Packages)
        {
            acquired.Add((prepared.Worker, package.Hash));
        }

        StepLocks? wantedNow = underWay.GetValueOrDefault(prepared.Step);
        if (ReferenceEquals(wantedNow, prepared.Locks))
        {
            underWay.Remove(prepared.Step);
            ready[prepared.Step] = prepared.Locks;
            return;
        }

        // It was given up the moment after the locks were taken: of those that are not wanted again nobody else knows.
        string[] wantedAgain = [.. (wantedNow?.InOrder ?? []).Concat(ready.GetValueOrDefault(prepared.Step)?.InOrder ?? []).Select(request => request.Machine)];
        foreach (LockRequest request in prepared.Locks.InOrder.Where(request => !wantedAgain.Contains(request.Machine, StringComparer.Ordinal)))
        {
            await services.Store.ReleaseLockAsync(request, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>A step's preparation has failed.</summary>
    /// <returns>Whether that still counts.</returns>
    public bool Hear(RunMessage.PreparationFailed failed)
        => ReferenceEquals(underWay.GetValueOrDefault(failed.Step), failed.Locks) && underWay.Remove(failed.Step);

    /// <summary>A worker has lost what it had: packages are acquired there anew.</summary>
    public void Forget(WorkerId worker) => acquired.RemoveWhere(one => one.Worker == worker);

    /// <summary>The locks that are to be taken with the intent of a step that is ready; none: they are held.</summary>
    public IEnumerable<LockRequest> LocksToTake(int step) => atOnce.GetValueOrDefault(step)?.InOrder ?? [];

    /// <summary>Locks that were to be taken with the intent cannot be had now: they are waited for.</summary>
    public void Refuse(IEnumerable<LockRequest> locks)
    {
        refused.UnionWith(locks.Select(one => one.Step));
        Reconsider();
    }

    /// <summary>What was asked for since the last <see cref="SettleAsync"/> is decided anew.</summary>
    public void Reconsider() => wanted.Clear();

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
        if (ready.Remove(step, out StepLocks? held))
        {
            await ReleaseAsync(held).ConfigureAwait(false);
        }
    }

    private StepLocks LocksOf(RunState state, StepState step, WorkerRecord worker, WorkerRecord? target)
    {
        LockMode mode = MutexBypass.ModeOf(run, state, step, target ?? worker, services);
        DateTimeOffset now = services.Time.GetUtcNow();
        LockRequest Of(WorkerRecord machine, LockMode how) => new(
            machine.MachineId, machine.Name, services.Engine, run.Id, run.FencingToken, step.Number, AcquiresPackages: false, how, now)
        {
            IsTarget = machine.IsTarget, OfStep = step.Target is null ? null : step.Of,
        };
        return target is null ? new(null, Of(worker, mode))
            : new(Of(target, mode), worker.Id == target.Id ? null : Of(worker, LockMode.Read));
    }

    private async Task ReleaseAsync(StepLocks locks)
    {
        foreach (LockRequest request in locks.InOrder.Reverse())
        {
            await services.Store.ReleaseLockAsync(request, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<RunMessage> PrepareAsync(
        StepState step, WorkerRecord worker, PlannedPackage[] missing, StepLocks locks, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<AcquiredPackage> packages = missing.Length == 0 ? []
                : await services.Delivery.DeliverAsync(
                    worker, run, step.Number, step.Target is null ? null : step.Of, missing, wait => SayAsync(step.Number, wait), cancellationToken).ConfigureAwait(false);
            foreach (LockRequest request in locks.InOrder)
            {
                await LockWait.TakeAsync(
                    services.Store, services.Time, request, before => SayAsync(step.Number, before is null ? null : LockWait.Of(request, before)), cancellationToken).ConfigureAwait(false);
            }

            return new RunMessage.StepPrepared(step.Number, worker.Id, locks, packages);
        }
        catch (OctoWorkersException e) when (!e.Error.ToString().StartsWith("Store", StringComparison.Ordinal))
        {
            if (e.Error == EngineError.FencedOut)
            {
                // Either the run has a newer owner, as the store then says here, or its worker does not know it any more.
                await SayAsync(step.Number, null).ConfigureAwait(false);
            }

            await ReleaseAsync(locks).ConfigureAwait(false);
            return new RunMessage.PreparationFailed(step.Number, worker.Id, locks, e);
        }
        catch (OperationCanceledException)
        {
            await ReleaseAsync(locks).ConfigureAwait(false);
            throw;
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
}
