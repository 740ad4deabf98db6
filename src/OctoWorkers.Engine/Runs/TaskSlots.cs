using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Asks the store for task slots for the runs of this process. The store decides who is next, among the runs of all processes; here they have their turn
/// one after the other, so that draws follow the order in which slots were given.
/// </summary>
internal sealed class TaskSlots(RunServices services) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<RunId, SlotWaiter> waiting = [];
    private readonly SemaphoreSlim pulse = new(0);
    private SlotWaiter? turn;

    /// <summary>Waits for a slot.</summary>
    /// <param name="run">The run. It stands in line when this returns.</param>
    /// <param name="cap">How many slots there are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The run's turn: the next run of this process gets its slot when it is disposed.</returns>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<IDisposable> TakeAsync(RunRecord run, int cap, CancellationToken cancellationToken)
    {
        SlotWaiter waiter = new(run, EndTurn);
        try
        {
            if (TryBeginTurn(waiter))
            {
                // Nobody waits in this process: one transaction for the line and the slot.
                if (await services.Store.TryTakeSlotAsync(
                    run.Id, run.FencingToken, services.Machine, cap, services.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
                {
                    waiter.Granted.TrySetResult();
                    return waiter;
                }

                EndTurn(waiter);
            }
            else
            {
                await services.Store.EnterQueueAsync(
                    run.Id, run.FencingToken, services.Machine, services.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            }

            waiter.IsInLine = true;
            pulse.Release();
            await waiter.Granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return waiter;
        }
        catch
        {
            waiter.Dispose();
            throw;
        }
        finally
        {
            lock (gate)
            {
                waiting.Remove(run.Id);
            }
        }
    }

    /// <summary>Gives a run's slot back.</summary>
    public Task ReleaseAsync(RunRecord run) => services.Store.ReleaseSlotAsync(run.Id, run.FencingToken, CancellationToken.None);

    /// <summary>Gives out slots until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        StoreChanges changes = new(services.Store, services.Time);
        try
        {
            while (true)
            {
                if (!MayGive())
                {
                    await pulse.WaitAsync(cancellationToken).ConfigureAwait(false);
                    continue;
                }

                try
                {
                    if (!await GiveAsync(cancellationToken).ConfigureAwait(false))
                    {
                        await changes.NextAsync(cancellationToken).ConfigureAwait(false);
                    }
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    // Also what was not foreseen: the run that waits longest is told, and the others go on waiting for their turn.
                    Oldest()?.Granted.TrySetException(e);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => pulse.Dispose();

    // False when nobody here can be given one now.
    private async Task<bool> GiveAsync(CancellationToken cancellationToken)
    {
        EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
        if (await services.Store.TakeNextSlotAsync(services.Engine, services.Machine, settings.TaskCap, cancellationToken).ConfigureAwait(false) is not { } next)
        {
            return false;
        }

        // A run that has just given up waiting gives the slot back with its end, or when it is handed over.
        Begin(next);
        return true;
    }

    private bool TryBeginTurn(SlotWaiter waiter)
    {
        lock (gate)
        {
            bool isAlone = waiting.Count == 0 && turn is null;
            turn = isAlone ? waiter : turn;
            waiting[waiter.Run.Id] = waiter;
            return isAlone;
        }
    }

    private void Begin(RunId run)
    {
        lock (gate)
        {
            if (waiting.TryGetValue(run, out SlotWaiter? waiter) && waiter.Granted.TrySetResult())
            {
                turn = waiter;
            }
        }
    }

    private void EndTurn(SlotWaiter waiter)
    {
        lock (gate)
        {
            turn = turn == waiter ? null : turn;
        }

        pulse.Release();
    }

    private bool MayGive()
    {
        lock (gate)
        {
            return turn is null && waiting.Values.Any(waiter => waiter.IsInLine && !waiter.Granted.Task.IsCompleted);
        }
    }

    private SlotWaiter? Oldest()
    {
        lock (gate)
        {
            return waiting.Values.Where(waiter => waiter.IsInLine && !waiter.Granted.Task.IsCompleted).MinBy(waiter => waiter.Run.Id);
        }
    }
}
