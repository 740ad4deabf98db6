namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Gives out task slots to the runs of this process, oldest run first. How many there are is counted in the store, for all processes of the machine.
/// </summary>
internal sealed class TaskSlots(RunServices services) : IDisposable
{
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly List<SlotWaiter> waiting = [];
    private readonly SemaphoreSlim pulse = new(0);

    /// <summary>Waits for a slot.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The run's turn: the next slot is given out when it is disposed, so that draws follow the order of the runs.</returns>
    public async Task<IDisposable> TakeAsync(RunRecord run, CancellationToken cancellationToken)
    {
        SlotWaiter waiter = new(run);
        lock (gate)
        {
            // Runs mostly come in their order, so its place is near the end.
            int place = waiting.Count;
            while (place > 0 && waiting[place - 1].Run.Id.Number > run.Id.Number)
            {
                place--;
            }

            waiting.Insert(place, waiter);
        }

        pulse.Release();
        try
        {
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
                waiting.Remove(waiter);
            }
        }
    }

    /// <summary>Gives a run's slot back.</summary>
    public async Task ReleaseAsync(RunRecord run)
    {
        await services.Store.ReleaseSlotAsync(run.Id, run.FencingToken, CancellationToken.None).ConfigureAwait(false);
        pulse.Release();
    }

    /// <summary>Says that a slot may have become free.</summary>
    public void Look() => pulse.Release();

    /// <summary>Gives out slots until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (await GiveAsync(cancellationToken).ConfigureAwait(false))
                {
                    await pulse.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await WaitForSlotAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => pulse.Dispose();

    // False when somebody waits for a slot that is not there.
    private async Task<bool> GiveAsync(CancellationToken cancellationToken)
    {
        while (First() is { } first)
        {
            try
            {
                EngineSettings settings = await services.GetSettingsAsync(cancellationToken).ConfigureAwait(false);
                if (!await services.Store.TryTakeSlotAsync(
                    first.Run.Id, first.Run.FencingToken, services.Machine, settings.TaskCap, cancellationToken).ConfigureAwait(false))
                {
                    await SayWaitingAsync(settings.TaskCap, cancellationToken).ConfigureAwait(false);
                    return false;
                }

                if (first.HasSaidSo)
                {
                    await services.Store.SetWaitingForAsync(first.Run.Id, first.Run.FencingToken, null, cancellationToken).ConfigureAwait(false);
                }

                if (first.Granted.TrySetResult())
                {
                    await first.TurnEnded.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Also what was not foreseen: the run that waits is told, and the others go on waiting for their turn.
                first.Granted.TrySetException(e);
            }
        }

        return true;
    }

    private SlotWaiter? First()
    {
        lock (gate)
        {
            return waiting.Find(waiter => !waiter.Granted.Task.IsCompleted && !waiter.TurnEnded.Task.IsCompleted);
        }
    }

    // The slot that is missing may be given back by this process, or by another one.
    private async Task WaitForSlotAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task here = pulse.WaitAsync(enough.Token);
        Task elsewhere = Task.Delay(PollPause, services.Time, enough.Token);
        await Task.WhenAny(elsewhere, here).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(elsewhere, here).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task SayWaitingAsync(int cap, CancellationToken cancellationToken)
    {
        SlotWaiter[] silent;
        lock (gate)
        {
            silent = [.. waiting.Where(waiter => !waiter.HasSaidSo)];
        }

        foreach (SlotWaiter waiter in silent)
        {
            waiter.HasSaidSo = true;
            await services.Store.SetWaitingForAsync(
                waiter.Run.Id, waiter.Run.FencingToken, $"a task slot ({cap} of {cap} are taken)", cancellationToken).ConfigureAwait(false);
        }
    }
}
