using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>A session in the hands of its one user.</summary>
internal sealed class RentedSession(string worker, WorkerSession session, Action left, Action<WorkerSession> retire) : IWorkerSession
{
    private int _isLeft;

    /// <inheritdoc/>
    public string Worker { get; } = worker;

    /// <inheritdoc/>
    public Runspace Runspace => session.Runspace;

    /// <inheritdoc/>
    public SessionGreeting Greeting => session.Greeting;

    /// <inheritdoc/>
    public bool IsBroken => session.IsBroken;

    /// <inheritdoc/>
    public SessionFlow? Flow => session.Flow;

    /// <summary>What the processes of a step carry in their environment.</summary>
    internal string Mark => session.Mark;

    /// <summary>Whether its user has given it up, and it is closed soon.</summary>
    internal bool IsRetired { get; private set; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Leave();
        return session.DisposeAsync();
    }

    /// <summary>It is not needed any more, and is closed when that is in nobody's way.</summary>
    internal void Retire()
    {
        Leave();
        IsRetired = true;
        retire(session);
    }

    private void Leave()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 0)
        {
            left();
        }
    }
}
