namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What a pool knows of the sessions for one use.</summary>
/// <param name="comeBack">Whether those that were used may be used again.</param>
internal sealed class SessionShelf(bool comeBack)
{
    private readonly Queue<WorkerSession> _unused = new();
    private readonly Stack<WorkerSession> _used = new();
    private readonly LinkedList<SessionRequest> _waiting = new();
    private bool _comeBack = comeBack;
    private int _inBurst;
    private int _most;
    private int _mostBefore;

    /// <summary>How many wait for a user.</summary>
    internal int Spares => _unused.Count + _used.Count;

    /// <summary>How many users wait for one.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>How many are being opened.</summary>
    internal int Opening { get; private set; }

    /// <summary>How many are looked at after their use.</summary>
    internal int Looking { get; private set; }

    /// <summary>Whether somebody waits for whom none is on its way.</summary>
    internal bool LacksOne => Waiting > Opening + Looking || _waiting.Count(request => request.IsUnused) > Opening;

    /// <summary>How many users have one, or wait for one.</summary>
    internal int Users { get; private set; }

    /// <summary>How many the load asks to be there ahead: as many as were used at once, or one soon after the other had its session, in this window of time or the one before.</summary>
    internal int Wanted => Math.Max(_most, _mostBefore);

    /// <summary>How many there are for whoever comes: those that wait, are being opened for nobody yet, or come back from users, as the last one did.</summary>
    internal int Ahead => Spares + Math.Max(0, Opening + Looking - Waiting) + (_comeBack ? Users : 0);

    /// <summary>Somebody will need one.</summary>
    internal void Expect() => _most = Math.Max(_most, 1);

    /// <summary>Somebody needs one: what is there is given at once.</summary>
    /// <param name="request">The user.</param>
    /// <param name="tasks">Close those that broke.</param>
    internal void Enter(SessionRequest request, PoolTasks tasks)
    {
        Users++;
        _inBurst++;

        // Those that come back are not used up by users who come one after the other.
        _most = Math.Max(_most, _comeBack ? Users : Math.Max(Users, _inBurst));
        if (TakeSpare(request.IsUnused, tasks) is { } spare)
        {
            request.Give(spare);
        }
        else
        {
            _waiting.AddLast(request);
        }
    }

    /// <summary>Somebody does not wait any more.</summary>
    /// <returns>Whether he has waited.</returns>
    internal bool GiveUp(SessionRequest request)
    {
        Users--;
        return _waiting.Remove(request);
    }

    /// <summary>Somebody has closed one.</summary>
    internal void Leave()
    {
        Users--;
        _comeBack = false;
    }

    /// <summary>Who comes next does not come soon after the last one.</summary>
    internal void Rest() => _inBurst = 0;

    /// <summary>A window of time is over. What is in use is wanted in the next one too.</summary>
    internal void Turn(PoolTasks tasks)
    {
        _mostBefore = _most;
        _most = Users;
        CloseSpares(Wanted, tasks);
    }

    /// <summary>Nothing is wanted, until somebody needs one.</summary>
    internal void Forget()
    {
        _most = 0;
        _mostBefore = 0;
    }

    /// <summary>One is about to be opened.</summary>
    internal void BeginOpening() => Opening++;

    /// <summary>One that was being opened is open, or could not be: it is for who has waited longest, or for whoever comes.</summary>
    /// <returns>Whether somebody has waited.</returns>
    internal bool Take(WorkerSession? session, Exception? failure)
    {
        Opening--;
        if (session is null)
        {
            Forget();
        }

        if (_waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            if (session is not null)
            {
                first.Value.Give(session);
            }
            else
            {
                first.Value.Fail(failure!);
            }

            return true;
        }

        if (session is not null)
        {
            _unused.Enqueue(session);
        }

        return false;
    }

    /// <summary>Somebody has given one back, which is looked at now.</summary>
    internal void BeginLooking()
    {
        Users--;
        Looking++;
    }

    /// <summary>One that was given back has been looked at.</summary>
    /// <param name="session">It, for who has waited longest of those who take it, or for whoever comes; null: it is not as it was.</param>
    /// <returns>Whether somebody has waited.</returns>
    internal bool TakeBack(WorkerSession? session)
    {
        Looking--;
        _comeBack = session is not null;
        if (session is null)
        {
            return false;
        }

        if (_waiting.FirstOrDefault(request => !request.IsUnused) is { } first)
        {
            _waiting.Remove(first);
            first.Give(session);
            return true;
        }

        _used.Push(session);
        return false;
    }

    /// <summary>Tells all who wait that there is none, and why.</summary>
    internal void FailAll(Exception failure)
    {
        foreach (SessionRequest request in _waiting)
        {
            request.Fail(failure);
        }

        _waiting.Clear();
    }

    /// <summary>Closes all spares but so many, those that were never used first.</summary>
    internal void CloseSpares(int left, PoolTasks tasks)
    {
        while (Spares > left && (_unused.TryDequeue(out WorkerSession? spare) || _used.TryPop(out spare)))
        {
            Close(spare, tasks);
        }
    }

    private WorkerSession? TakeSpare(bool isUnused, PoolTasks tasks)
    {
        while ((!isUnused && _used.TryPop(out WorkerSession? spare)) || _unused.TryDequeue(out spare))
        {
            if (!spare.IsBroken)
            {
                return spare;
            }

            Close(spare, tasks);
        }

        return null;
    }

    private static void Close(WorkerSession spare, PoolTasks tasks) => tasks.Run(() => spare.DisposeAsync().AsTask());
}
