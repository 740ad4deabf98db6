using OctoWorkers.Runspaces.Steps;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// The sessions of one connection: as many as were used at once of late, or soon after each other, are opened ahead. There are never more than the connection allows.
/// </summary>
internal sealed class SessionPool : IAsyncDisposable
{
    private static readonly TimeSpan Rests = TimeSpan.FromMilliseconds(30);
    private readonly Lock _gate = new();
    private readonly Func<SessionUse, Action, CancellationToken, Task<WorkerSession>> _open;
    private readonly int _most;
    private readonly CancellationTokenSource _closing = new();
    private readonly SessionShelves _shelves = new();
    private readonly PoolTasks _tasks = new();
    private readonly DeferredEnds _ends;
    private readonly LoadClock _load;
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SessionRoom _room = SessionRoom.Unknown;
    private int _count;

    /// <param name="most">How many sessions are open at once at the most.</param>
    /// <param name="open">Opens one; the action is to be called once when it has been closed, or could not be opened.</param>
    /// <param name="clock">Measures bursts and windows.</param>
    internal SessionPool(int most, Func<SessionUse, Action, CancellationToken, Task<WorkerSession>> open, TimeProvider clock)
    {
        _most = most;
        _open = open;
        _load = new(clock, Rest, Turn);
        _ends = new(_tasks, clock);
    }

    /// <summary>How many are open, or being opened or closed.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>How many wait for a user.</summary>
    internal int Spares => _shelves.Spares;

    // Those in use need room beside them.
    private int MostAhead => Math.Max(1, Math.Min(_most / 2, _room.MostSpares));

    /// <summary>Somebody is about to need one.</summary>
    internal void Expect(SessionUse use)
    {
        lock (_gate)
        {
            _shelves[use].Expect();
            _load.Start();
            Fill();
        }
    }

    /// <summary>Gives a session. Who has closed it calls <see cref="Leave"/>, who has not, <see cref="TakeBackAsync"/>.</summary>
    /// <param name="use">What for.</param>
    /// <param name="isUnused">Whether nobody may have used it before.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async Task<WorkerSession> RentAsync(SessionUse use, bool isUnused, CancellationToken cancellationToken)
    {
        SessionRequest request = new(isUnused);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            _load.Enter();
            _ends.EndOld();
            _shelves[use].Enter(request, _tasks);
            Fill();
        }

        try
        {
            return await request.Session.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            bool isWaiting;
            lock (_gate)
            {
                isWaiting = _shelves[use].GiveUp(request);
                _load.Enter();
            }

            if (!isWaiting && request.Session.IsCompletedSuccessfully)
            {
                WorkerSession missed = await request.Session.ConfigureAwait(false);
                await missed.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>One that was rented has been closed, or will be at once.</summary>
    internal void Leave(SessionUse use)
    {
        lock (_gate)
        {
            _shelves[use].Leave();
        }
    }

    /// <summary>One that was rented is given back: whoever comes may have it if it is as it was when it was opened, else it is closed. Nobody waits for that before the pool's end.</summary>
    /// <param name="use">What it was rented for.</param>
    /// <param name="session">It.</param>
    /// <param name="whole">Ends when nothing runs in it any more: with whether all has ended by itself.</param>
    internal ValueTask TakeBackAsync(SessionUse use, WorkerSession session, Task<bool> whole)
    {
        lock (_gate)
        {
            if (!_closing.IsCancellationRequested)
            {
                _shelves[use].BeginLooking();
                _tasks.Run(() => LookAsync(_shelves[use], session, whole));
                return ValueTask.CompletedTask;
            }

            _shelves[use].Leave();
        }

        return session.DisposeAsync();
    }

    /// <summary>Whether the end of one that is not needed any more can wait for the end of the burst.</summary>
    internal bool MayDefer(WorkerSession session)
    {
        lock (_gate)
        {
            return MayDeferNow(session);
        }
    }

    /// <summary>Ends one that was rented and is not needed any more, now or when the burst is over; nobody waits for that but the pool's own end.</summary>
    /// <param name="session">The session.</param>
    /// <param name="after">What it does after its step: the end of one that waits can wait too.</param>
    internal void Retire(WorkerSession session, AfterStep after)
    {
        lock (_gate)
        {
            if (after == AfterStep.Wait && MayDeferNow(session))
            {
                _ends.Add(session, MostAhead);
                return;
            }
        }

        _tasks.Run(() => session.EndAsync(isEnding: after == AfterStep.End));
    }

    /// <summary>Closes those that nobody has; who has one, and who waits for one, is told by its failure.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _load.DisposeAsync().ConfigureAwait(false);
        do
        {
            lock (_gate)
            {
                _ends.End();
                _shelves.ForEach(shelf =>
                {
                    shelf.CloseSpares(0, _tasks);
                    shelf.FailAll(new ObjectDisposedException(nameof(SessionPool)));
                });
            }
        }
        while (await _tasks.EndAsync().ConfigureAwait(false));

        _closing.Dispose();
    }

    // Under the gate.
    private bool MayDeferNow(WorkerSession session)
        => session.Greeting.CompilesLate && !session.IsBroken && !_load.IsQuiet && !_shelves.SomebodyWaits && !_closing.IsCancellationRequested;

    // Under the gate. Those for which somebody waits come first; beside them, no more are opened at once than the worker has processors for.
    private void Fill()
    {
        if (_shelves.SomebodyWaits)
        {
            // What is ready is used up: the burst is bound by opening now, and wants the room.
            _ends.End();
            _asked.TrySetResult();
            _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        foreach ((SessionUse use, SessionShelf shelf) in _shelves)
        {
            while (shelf.LacksOne && Open(use, shelf))
            {
            }

            if (shelf.LacksOne && shelf.Spares > 0)
            {
                // One that was used before is in the way: those who wait want none of these.
                shelf.CloseSpares(shelf.Spares - 1, _tasks);
            }
            else if (shelf.LacksOne && _shelves.OtherWithSpares(shelf) is { } full)
            {
                // So is one that waits for another use.
                full.Forget();
                full.CloseSpares(full.Spares - 1, _tasks);
            }
        }

        if (!_load.IsQuiet && !_shelves.SomebodyWaits)
        {
            return;
        }

        foreach ((SessionUse use, SessionShelf shelf) in _shelves)
        {
            while (shelf.Ahead < Math.Min(shelf.Wanted, MostAhead) && _shelves.Opening < _room.Processors && Open(use, shelf))
            {
            }
        }
    }

    // Under the gate.
    private bool Open(SessionUse use, SessionShelf shelf)
    {
        if (_closing.IsCancellationRequested || _count >= _most)
        {
            return false;
        }

        _count++;
        shelf.BeginOpening();
        _tasks.Run(() => OpenAsync(use, shelf));
        return true;
    }

    // What its user did on other workers may not be over: looking would be in the way of that, and can wait while nobody waits for the session.
    private async Task RestBeforeLookingAsync()
    {
        Task asked;
        lock (_gate)
        {
            if (_shelves.SomebodyWaits)
            {
                return;
            }

            asked = _asked.Task;
        }

        await Task.WhenAny(asked, Task.Delay(Rests, TimeProvider.System, _closing.Token)).ConfigureAwait(false);
    }

    private async Task LookAsync(SessionShelf shelf, WorkerSession session, Task<bool> whole)
    {
        bool isAsOpened = false;
        try
        {
            if (await whole.ConfigureAwait(false))
            {
                await RestBeforeLookingAsync().ConfigureAwait(false);
                isAsOpened = await session.IsAsOpenedAsync(_closing.Token).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // Whoever does not know how his use of it ended has not ended it well.
        }

        lock (_gate)
        {
            bool isKept = isAsOpened && !_closing.IsCancellationRequested;
            if (!isKept)
            {
                _tasks.Run(() => session.DisposeAsync().AsTask());
            }

            if (shelf.TakeBack(isKept ? session : null))
            {
                _load.Enter();
            }

            shelf.CloseSpares(MostAhead, _tasks);
            _load.Start();
            Fill();
        }
    }

    private async Task OpenAsync(SessionUse use, SessionShelf shelf)
    {
        WorkerSession? session = null;
        Exception? failure = null;
        try
        {
            session = await _open(use, Closed, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // It is told to whoever waits; one that was opened ahead for nobody yet is opened, and fails, again when somebody asks.
            failure = e;
        }

        lock (_gate)
        {
            if (session is { } late && _closing.IsCancellationRequested)
            {
                _tasks.Run(() => late.DisposeAsync().AsTask());
                (session, failure) = (null, new ObjectDisposedException(nameof(SessionPool)));
            }

            _room = session?.Greeting.Room ?? _room;
            if (shelf.Take(session, failure))
            {
                _load.Enter();
            }

            Fill();
        }
    }

    private void Closed()
    {
        lock (_gate)
        {
            _count--;
            Fill();
        }
    }

    private void Rest()
    {
        lock (_gate)
        {
            _ends.End();

            // Who comes next comes soon after those who wait have got theirs.
            if (_shelves.SomebodyWaits)
            {
                return;
            }

            _load.Rest();
            _shelves.ForEach(shelf => shelf.Rest());
            Fill();
        }
    }

    private void Turn()
    {
        lock (_gate)
        {
            _shelves.ForEach(shelf => shelf.Turn(_tasks));
            if (!_shelves.AreWanted)
            {
                _load.Stop();
            }
        }
    }
}
