namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// The sessions of one connection: as many as were used at once of late, or soon after each other, are opened ahead. There are never more than the connection allows.
/// </summary>
internal sealed class SessionPool : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<SessionUse, Action, CancellationToken, Task<WorkerSession>> _open;
    private readonly int _most;
    private readonly CancellationTokenSource _closing = new();
    private readonly SessionShelves _shelves = new();
    private readonly PoolTasks _tasks = new();
    private readonly LoadClock _load;
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

    /// <summary>A session that nobody has used. Who has closed it calls <see cref="Leave"/>.</summary>
    internal async Task<WorkerSession> RentAsync(SessionUse use, CancellationToken cancellationToken)
    {
        TaskCompletionSource<WorkerSession> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            SessionShelf shelf = _shelves[use];
            shelf.Enter();
            _load.Enter();
            if (shelf.TakeSpare(_tasks) is { } spare)
            {
                turn.SetResult(spare);
            }
            else
            {
                shelf.Waiting.AddLast(turn);
            }

            Fill();
        }

        try
        {
            return await turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            bool isWaiting;
            lock (_gate)
            {
                isWaiting = _shelves[use].Waiting.Remove(turn);
                _load.Enter();
            }

            if (!isWaiting && turn.Task.IsCompletedSuccessfully)
            {
                WorkerSession missed = await turn.Task.ConfigureAwait(false);
                await missed.DisposeAsync().ConfigureAwait(false);
            }

            Leave(use);
            throw;
        }
    }

    /// <summary>One that was rented is not needed any more.</summary>
    internal void Leave(SessionUse use)
    {
        lock (_gate)
        {
            _shelves[use].Leave();
        }
    }

    /// <summary>Ends one that was rented and is not needed any more; nobody waits for that but the pool's own end.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isEnding">Whether it ends by itself.</param>
    internal void Retire(WorkerSession session, bool isEnding) => _tasks.Run(() => session.EndAsync(isEnding));

    /// <summary>Closes those that nobody has; who has one, and who waits for one, is told by its failure.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _load.DisposeAsync().ConfigureAwait(false);
        do
        {
            lock (_gate)
            {
                _shelves.ForEach(shelf => shelf.CloseSpares(0, _tasks));
            }
        }
        while (await _tasks.EndAsync().ConfigureAwait(false));

        _closing.Dispose();
    }

    // Under the gate. Those for which somebody waits come first; beside them, no more are opened at once than the worker has processors for.
    private void Fill()
    {
        foreach ((SessionUse use, SessionShelf shelf) in _shelves)
        {
            while (shelf.Waiting.Count > shelf.Opening && Open(use, shelf))
            {
            }

            if (shelf.Waiting.Count > shelf.Opening && _shelves.OtherWithSpares(shelf) is { } full)
            {
                // One that waits for another use is in the way.
                full.Forget();
                full.CloseSpares(full.Spares.Count - 1, _tasks);
            }
        }

        if (!_load.IsQuiet && !_shelves.SomebodyWaits)
        {
            return;
        }

        foreach ((SessionUse use, SessionShelf shelf) in _shelves)
        {
            while (shelf.Spares.Count + shelf.OpeningAhead < Math.Min(shelf.Wanted, MostAhead)
                && _shelves.Opening < _room.Processors && Open(use, shelf))
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
        shelf.Opening++;
        _tasks.Run(() => OpenAsync(use, shelf));
        return true;
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
