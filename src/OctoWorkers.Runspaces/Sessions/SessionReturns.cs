using OctoWorkers.Runspaces.Steps;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// What becomes of the sessions of a pool that their users do not need any more: somebody else gets them, or they are closed, at once or when the burst is over. Whether somebody else
/// waits decides about that, so that the pool's lock guards it too.
/// </summary>
internal sealed class SessionReturns
{
    private static readonly TimeSpan Rests = TimeSpan.FromMilliseconds(30);
    private readonly PoolState _pool;
    private readonly LoadClock _load;
    private readonly DeferredEnds _ends;
    private readonly Action _fill;
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="pool">The pool's state.</param>
    /// <param name="load">Whether a burst is under way.</param>
    /// <param name="clock">Measures how long ends have waited.</param>
    /// <param name="fill">Opens what the pool lacks then; the pool's lock is held around it.</param>
    internal SessionReturns(PoolState pool, LoadClock load, TimeProvider clock, Action fill)
    {
        _pool = pool;
        _load = load;
        _fill = fill;
        _ends = new(pool.Tasks, clock);
    }

    /// <summary>One that was rented has been closed, or will be at once.</summary>
    internal void Leave(SessionUse use)
    {
        lock (_pool.Gate)
        {
            _pool.Shelves[use].Leave();
        }
    }

    /// <summary>One that was rented is given back: whoever comes may have it if it is as it was when it was opened, else it is closed. Nobody waits for that before the pool's end.</summary>
    /// <param name="use">What it was rented for.</param>
    /// <param name="session">It.</param>
    /// <param name="whole">Ends when nothing runs in it any more: with whether all has ended by itself.</param>
    internal ValueTask TakeBackAsync(SessionUse use, WorkerSession session, Task<bool> whole)
    {
        lock (_pool.Gate)
        {
            SessionShelf shelf = _pool.Shelves[use];
            if (!_pool.Closing.IsCancellationRequested)
            {
                shelf.BeginLooking();
                _pool.Tasks.Run(() => LookAsync(shelf, session, whole));
                return ValueTask.CompletedTask;
            }

            shelf.Leave();
        }

        return session.DisposeAsync();
    }

    /// <summary>Whether the end of one that is not needed any more can wait for the end of the burst.</summary>
    internal bool MayDefer(WorkerSession session)
    {
        lock (_pool.Gate)
        {
            return MayDeferNow(session);
        }
    }

    /// <summary>Ends one that was rented and is not needed any more, now or when the burst is over; nobody waits for that but the pool's own end.</summary>
    /// <param name="session">The session.</param>
    /// <param name="after">What it does after its step: the end of one that waits can wait too.</param>
    internal void Retire(WorkerSession session, AfterStep after)
    {
        lock (_pool.Gate)
        {
            if (after == AfterStep.Wait && MayDeferNow(session))
            {
                _ends.Add(session, _pool.MostAhead);
                return;
            }
        }

        _pool.Tasks.Run(() => session.EndAsync(isEnding: after == AfterStep.End));
    }

    /// <summary>Ends those whose end has waited for long. The pool's lock is held around it.</summary>
    internal void EndOld() => _ends.EndOld();

    /// <summary>Ends those whose end waits. The pool's lock is held around it.</summary>
    internal void End() => _ends.End();

    /// <summary>Somebody waits: the burst is bound by opening now, and wants the room and what comes back. The pool's lock is held around it.</summary>
    internal void Hurry()
    {
        _ends.End();
        _asked.TrySetResult();
        _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    // Under the gate.
    private bool MayDeferNow(WorkerSession session)
        => session.Greeting.CompilesLate && !session.IsBroken && !_load.IsQuiet && !_pool.Shelves.SomebodyWaits && !_pool.Closing.IsCancellationRequested;

    // What its user did on other workers may not be over: looking would be in the way of that, and can wait while nobody waits for the session.
    private async Task RestBeforeLookingAsync()
    {
        Task asked;
        lock (_pool.Gate)
        {
            if (_pool.Shelves.SomebodyWaits)
            {
                return;
            }

            asked = _asked.Task;
        }

        await Task.WhenAny(asked, Task.Delay(Rests, TimeProvider.System, _pool.Closing)).ConfigureAwait(false);
    }

    private async Task LookAsync(SessionShelf shelf, WorkerSession session, Task<bool> whole)
    {
        bool isAsOpened = false;
        try
        {
            if (await whole.ConfigureAwait(false))
            {
                await RestBeforeLookingAsync().ConfigureAwait(false);
                isAsOpened = await session.IsAsOpenedAsync(_pool.Closing).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // Whoever does not know how his use of it ended has not ended it well.
        }

        lock (_pool.Gate)
        {
            bool isKept = isAsOpened && !_pool.Closing.IsCancellationRequested;
            if (!isKept)
            {
                _pool.Tasks.Run(() => session.DisposeAsync().AsTask());
            }

            if (shelf.TakeBack(isKept ? session : null))
            {
                _load.Enter();
            }

            shelf.CloseSpares(_pool.MostAhead, _pool.Tasks);
            _load.Start();
            _fill();
        }
    }
}
