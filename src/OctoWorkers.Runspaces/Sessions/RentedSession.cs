using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>A session in the hands of its one user.</summary>
internal sealed class RentedSession(string worker, WorkerSession session, Action left) : IWorkerSession
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 0)
        {
            left();
        }

        return session.DisposeAsync();
    }
}
