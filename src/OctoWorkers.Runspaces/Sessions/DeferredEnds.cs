namespace OctoWorkers.Runspaces.Sessions;

/// <summary>
/// Used sessions that are ended when the burst is over: the end of a process takes its machine as long as a short step does. The pool's lock is held around every call.
/// </summary>
internal sealed class DeferredEnds(PoolTasks tasks)
{
    private readonly List<WorkerSession> _sessions = [];

    /// <summary>How many there are.</summary>
    internal int Count => _sessions.Count;

    /// <summary>One more.</summary>
    internal void Add(WorkerSession session) => _sessions.Add(session);

    /// <summary>Ends all.</summary>
    internal void End()
    {
        foreach (WorkerSession session in _sessions)
        {
            tasks.Run(() => session.EndAsync(isEnding: false));
        }

        _sessions.Clear();
    }
}
