namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What a pool knows of the sessions for one use.</summary>
internal sealed class SessionShelf
{
    /// <summary>Those that wait for a user, in the order in which they were opened.</summary>
    internal Queue<WorkerSession> Spares { get; } = new();

    /// <summary>The users that wait for one.</summary>
    internal LinkedList<TaskCompletionSource<WorkerSession>> Waiting { get; } = new();

    /// <summary>How many are being opened.</summary>
    internal int Opening { get; set; }

    /// <summary>How many users have one, or wait for one.</summary>
    internal int Users { get; set; }

    /// <summary>How many are to be there ahead: as many as were used at once of late.</summary>
    internal int Ahead { get; set; }

    /// <summary>One that was being opened is open, or could not be: it is for who has waited longest, or for whoever comes.</summary>
    internal void Take(WorkerSession? session, Exception? failure)
    {
        Opening--;
        if (session is null)
        {
            Ahead = 0;
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
        }
        else if (session is not null)
        {
            Spares.Enqueue(session);
        }
    }

    /// <summary>How many more are to be opened.</summary>
    /// <param name="ahead">Whether also those for which nobody waits yet.</param>
    internal int Missing(bool ahead) => Waiting.Count + (ahead ? Math.Max(0, Ahead - Spares.Count) : 0) - Opening;
}
