namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// Used sessions that are ended when the burst is over: the end of a process takes its machine as long as a short step does. The pool's lock is held around every call.
/// </summary>
/// <param name="tasks">Ends them.</param>
/// <param name="clock">Measures how long they have waited.</param>
internal sealed class DeferredEnds(PoolTasks tasks, TimeProvider clock)
{
    /// <summary>How long one waits for its end at the most, if anybody asks for a session then.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly Queue<(WorkerSession Session, long Since)> _sessions = new();

    /// <summary>One more. They take memory, as those do that are ready for the rest of the burst.</summary>
    /// <param name="session">The session.</param>
    /// <param name="most">How many there may be: the oldest are ended now.</param>
    internal void Add(WorkerSession session, int most)
    {
        _sessions.Enqueue((session, clock.GetTimestamp()));
        while (_sessions.Count > most)
        {
            EndFirst();
        }
    }

    /// <summary>Ends those that have waited for long.</summary>
    internal void EndOld()
    {
        while (_sessions.TryPeek(out (WorkerSession Session, long Since) first) && clock.GetElapsedTime(first.Since) >= Longest)
        {
            EndFirst();
        }
    }

    /// <summary>Ends all.</summary>
    internal void End()
    {
        while (_sessions.Count > 0)
        {
            EndFirst();
        }
    }

    private void EndFirst()
    {
        WorkerSession session = _sessions.Dequeue().Session;
        tasks.Run(() => session.EndAsync(isEnding: false));
    }
}
