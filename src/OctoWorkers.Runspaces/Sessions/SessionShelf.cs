namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What a pool knows of the sessions for one use.</summary>
internal sealed class SessionShelf
{
    private int _inBurst;
    private int _most;
    private int _mostBefore;

    /// <summary>Those that wait for a user, in the order in which they were opened.</summary>
    internal Queue<WorkerSession> Spares { get; } = new();

    /// <summary>The users that wait for one.</summary>
    internal LinkedList<TaskCompletionSource<WorkerSession>> Waiting { get; } = new();

    /// <summary>How many are being opened.</summary>
    internal int Opening { get; set; }

    /// <summary>How many users have one, or wait for one.</summary>
    internal int Users { get; private set; }

    /// <summary>How many the load asks to be there ahead: as many as were used at once, or one soon after the other had its session, in this window of time or the one before.</summary>
    internal int Wanted => Math.Max(_most, _mostBefore);

    /// <summary>For how many that are being opened nobody waits.</summary>
    internal int OpeningAhead => Math.Max(0, Opening - Waiting.Count);

    /// <summary>Somebody will need one.</summary>
    internal void Expect() => _most = Math.Max(_most, 1);

    /// <summary>Somebody needs one.</summary>
    internal void Enter()
    {
        Users++;
        _inBurst++;
        _most = Math.Max(_most, Math.Max(Users, _inBurst));
    }

    /// <summary>Somebody has given one up.</summary>
    internal void Leave() => Users--;

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

    /// <summary>One that was being opened is open, or could not be: it is for who has waited longest, or for whoever comes.</summary>
    /// <returns>Whether somebody has waited.</returns>
    internal bool Take(WorkerSession? session, Exception? failure)
    {
        Opening--;
        if (session is null)
        {
            Forget();
        }

        if (Waiting.First is { } first)
        {
            Waiting.RemoveFirst();
            if (session is not null)
            {
                first.Value.TrySetResult(session);
            }
            else
            {
                first.Value.TrySetException(failure!);
            }

            return true;
        }

        if (session is not null)
        {
            Spares.Enqueue(session);
        }

        return false;
    }

    /// <summary>One for a user; null: there is none.</summary>
    /// <param name="tasks">Close those that broke.</param>
    internal WorkerSession? TakeSpare(PoolTasks tasks)
    {
        while (Spares.TryDequeue(out WorkerSession? spare))
        {
            if (!spare.IsBroken)
            {
                return spare;
            }

            tasks.Run(() => spare.DisposeAsync().AsTask());
        }

        return null;
    }

    /// <summary>Closes all spares but so many.</summary>
    internal void CloseSpares(int left, PoolTasks tasks)
    {
        while (Spares.Count > left && Spares.TryDequeue(out WorkerSession? spare))
        {
            tasks.Run(() => spare.DisposeAsync().AsTask());
        }
    }
}
