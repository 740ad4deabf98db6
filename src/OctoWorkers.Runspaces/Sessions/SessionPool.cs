namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// The sessions of one connection: as many as were used at once of late, or had to be waited for, are opened ahead, and closed when nobody has asked for a while. Of all that are open there are never more
/// than the connection allows.
/// </summary>
internal sealed class SessionPool : IAsyncDisposable
{
    /// <summary>How many sessions are open on a worker at once, unless its connection says otherwise.</summary>
    internal const int DefaultMost = 16;

    /// <summary>How long spares wait for somebody to ask.</summary>
    internal static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);

    // Opening a session costs a worker half a second of processor: while one step comes upon the other, what is there is used up first.
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(400);
    private readonly Lock _gate = new();
    private readonly Func<SessionUse, Action, CancellationToken, Task<WorkerSession>> _open;
    private readonly int _most;
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<SessionUse, SessionShelf> _shelves = new() { [SessionUse.Plain] = new(), [SessionUse.Step] = new() };
    private readonly HashSet<Task> _tasks = [];
    private readonly ITimer _idle;
    private readonly ITimer _quiet;
    private bool _opensAhead = true;
    private int _count;

    /// <param name="most">How many sessions are open at once at the most.</param>
    /// <param name="open">Opens one; the action is to be called once when it has been closed, or could not be opened.</param>
    /// <param name="clock">Measures how long nobody asked.</param>
    internal SessionPool(int most, Func<SessionUse, Action, CancellationToken, Task<WorkerSession>> open, TimeProvider clock)
    {
        _most = most;
        _open = open;
        _idle = clock.CreateTimer(_ => CloseSpares(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _quiet = clock.CreateTimer(_ => OpenAhead(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many are open, or being opened or closed.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Somebody is about to need one.</summary>
    internal void Expect(SessionUse use)
    {
        lock (_gate)
        {
            _shelves[use].Ahead = Math.Max(_shelves[use].Ahead, 1);
            _opensAhead = true;
            _idle.Change(IdleTime, Timeout.InfiniteTimeSpan);
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
            shelf.Users++;
            int limit = Math.Max(1, _most / 2);
            shelf.Ahead = Math.Max(shelf.Ahead, Math.Min(shelf.Users, limit));
            _idle.Change(IdleTime, Timeout.InfiniteTimeSpan);
            _quiet.Change(QuietTime, Timeout.InfiniteTimeSpan);
            _opensAhead = false;
            while (shelf.Spares.TryDequeue(out WorkerSession? spare))
            {
                if (!spare.IsBroken)
                {
                    turn.SetResult(spare);
                    break;
                }

                Run(() => spare.DisposeAsync().AsTask());
            }

            if (!turn.Task.IsCompleted)
            {
                // Of users that come one after the other, faster than sessions are opened, more are to be served next time.
                shelf.Ahead = shelf.Opening > 0 ? shelf.Ahead : Math.Min(shelf.Ahead + 1, limit);
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
            _shelves[use].Users--;
        }
    }

    /// <summary>Closes those that nobody has; who has one, and who waits for one, is told by its failure.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _idle.DisposeAsync().ConfigureAwait(false);
        await _quiet.DisposeAsync().ConfigureAwait(false);
        while (true)
        {
            Task[] tasks;
            lock (_gate)
            {
                CloseSpares();
                tasks = [.. _tasks];
            }

            if (tasks.Length == 0)
            {
                break;
            }

            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _closing.Dispose();
    }

    // Under the gate.
    private void Fill()
    {
        foreach ((SessionUse use, SessionShelf shelf) in _shelves)
        {
            while (!_closing.IsCancellationRequested && shelf.Missing(_opensAhead) > 0 && _count < _most)
            {
                _count++;
                shelf.Opening++;
                Run(() => OpenAsync(use, shelf));
            }

            if (shelf.Waiting.Count > shelf.Opening && _shelves.Values.FirstOrDefault(other => other != shelf && other.Spares.Count > 0) is { } full)
            {
                // One that waits for another use is in the way.
                WorkerSession spare = full.Spares.Dequeue();
                full.Ahead = full.Spares.Count;
                Run(() => spare.DisposeAsync().AsTask());
            }
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
            shelf.Take(session, failure);
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

    private void OpenAhead()
    {
        lock (_gate)
        {
            _opensAhead = true;
            Fill();
        }
    }

    private void CloseSpares()
    {
        lock (_gate)
        {
            foreach (SessionShelf shelf in _shelves.Values)
            {
                shelf.Ahead = 0;
                while (shelf.Spares.TryDequeue(out WorkerSession? spare))
                {
                    Run(() => spare.DisposeAsync().AsTask());
                }
            }
        }
    }

    // Under the gate.
    private void Run(Func<Task> work)
    {
        Task task = Task.Run(work);
        _tasks.Add(task);
        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Forget(Task task)
    {
        lock (_gate)
        {
            _tasks.Remove(task);
        }
    }
}
