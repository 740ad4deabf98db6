namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// The sessions of one connection: as many as were used at once of late, or soon after each other, are opened ahead. There are never more than the connection allows.
/// </summary>
internal sealed class SessionPool : IAsyncDisposable
{
    private readonly Func<SessionUse, Action, CancellationToken, Task<WorkerSession>> _open;
    private readonly CancellationTokenSource _closing = new();
    private readonly PoolState _state;
    private readonly LoadClock _load;
    private int _count;

    /// <param name="most">How many sessions are open at once at the most.</param>
    /// <param name="open">Opens one; the action is to be called once when it has been closed, or could not be opened.</param>
    /// <param name="clock">Measures bursts and windows.</param>
    internal SessionPool(int most, Func<SessionUse, Action, CancellationToken, Task<WorkerSession>> open, TimeProvider clock)
    {
        _open = open;
        _state = new(most, _closing.Token);
        _load = new(clock, Rest, Turn);
        Returns = new(_state, _load, clock, Fill);
    }

    /// <summary>How many are open, or being opened or closed.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>How many wait for a user.</summary>
    internal int Spares => _state.Shelves.Spares;

    /// <summary>Takes back what was rented.</summary>
    internal SessionReturns Returns { get; }

    /// <summary>Somebody is about to need one.</summary>
    internal void Expect(SessionUse use)
    {
        lock (_state.Gate)
        {
            _state.Shelves[use].Expect();
            _load.Start();
            Fill();
        }
    }

    /// <summary>Gives a session. Its user tells <see cref="Returns"/> that he does not need it any more.</summary>
    /// <param name="use">What for.</param>
    /// <param name="isUnused">Whether nobody may have used it before.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async Task<WorkerSession> RentAsync(SessionUse use, bool isUnused, CancellationToken cancellationToken)
    {
        SessionRequest request = new(isUnused);
        lock (_state.Gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            _load.Enter();
            Returns.EndOld();
            _state.Shelves[use].Enter(request, _state.Tasks);
            Fill();
        }

        try
        {
            return await request.Session.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            bool isWaiting;
            lock (_state.Gate)
            {
                isWaiting = _state.Shelves[use].GiveUp(request);
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

    /// <summary>Closes those that nobody has; who has one, and who waits for one, is told by its failure.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _load.DisposeAsync().ConfigureAwait(false);
        do
        {
            lock (_state.Gate)
            {
                Returns.End();
                _state.Shelves.ForEach(shelf =>
                {
                    shelf.CloseSpares(0, _state.Tasks);
                    shelf.FailAll(new ObjectDisposedException(nameof(SessionPool)));
                });
            }
        }
        while (await _state.Tasks.EndAsync().ConfigureAwait(false));

        _closing.Dispose();
    }

    // Under the gate. Those for which somebody waits come first; beside them, no more are opened at once than the worker has processors for.
    private void Fill()
    {
        if (_state.Shelves.SomebodyWaits)
        {
            // What is ready is used up: the burst is bound by opening now, and wants the room.
            Returns.Hurry();
        }

        foreach ((SessionUse use, SessionShelf shelf) in _state.Shelves)
        {
            while (shelf.LacksOne && Open(use, shelf))
            {
            }

            if (shelf.LacksOne && shelf.Spares > 0)
            {
                // One that was used before is in the way: those who wait want none of these.
                shelf.CloseSpares(shelf.Spares - 1, _state.Tasks);
            }
            else if (shelf.LacksOne && _state.Shelves.OtherWithSpares(shelf) is { } full)
            {
                // So is one that waits for another use.
                full.Forget();
                full.CloseSpares(full.Spares - 1, _state.Tasks);
            }
        }

        if (!_load.IsQuiet && !_state.Shelves.SomebodyWaits)
        {
            return;
        }

        foreach ((SessionUse use, SessionShelf shelf) in _state.Shelves)
        {
            while (shelf.Ahead < Math.Min(shelf.Wanted, _state.MostAhead) && _state.Shelves.Opening < _state.Room.Processors && Open(use, shelf))
            {
            }
        }
    }

    // Under the gate.
    private bool Open(SessionUse use, SessionShelf shelf)
    {
        if (_closing.IsCancellationRequested || _count >= _state.Most)
        {
            return false;
        }

        _count++;
        shelf.BeginOpening();
        _state.Tasks.Run(() => OpenAsync(use, shelf));
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

        lock (_state.Gate)
        {
            if (session is { } late && _closing.IsCancellationRequested)
            {
                _state.Tasks.Run(() => late.DisposeAsync().AsTask());
                (session, failure) = (null, new ObjectDisposedException(nameof(SessionPool)));
            }

            _state.Room = session?.Greeting.Room ?? _state.Room;
            if (shelf.Take(session, failure))
            {
                _load.Enter();
            }

            Fill();
        }
    }

    private void Closed()
    {
        lock (_state.Gate)
        {
            _count--;
            Fill();
        }
    }

    private void Rest()
    {
        lock (_state.Gate)
        {
            Returns.End();

            // Who comes next comes soon after those who wait have got theirs.
            if (_state.Shelves.SomebodyWaits)
            {
                return;
            }

            _load.Rest();
            _state.Shelves.ForEach(shelf => shelf.Rest());
            Fill();
        }
    }

    private void Turn()
    {
        lock (_state.Gate)
        {
            _state.Shelves.ForEach(shelf => shelf.Turn(_state.Tasks));
            if (!_state.Shelves.AreWanted)
            {
                _load.Stop();
            }
        }
    }
}
