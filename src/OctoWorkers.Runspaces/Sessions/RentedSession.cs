using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>A session in the hands of its one user.</summary>
internal sealed class RentedSession(string worker, WorkerSession session, Action left, Action<WorkerSession, bool> retire) : IWorkerSession
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

    /// <summary>The pipeline that waits there for a step; null: there is none.</summary>
    internal StepPipeline? TakePipeline() => session.TakePipeline();

    /// <summary>It is not needed any more; it is ended, and nobody waits for that.</summary>
    /// <param name="isEnding">Whether it ends by itself.</param>
    internal void Retire(bool isEnding)
    {
        Leave();
        IsRetired = true;
        retire(session, isEnding);
    }

    private void Leave()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 0)
        {
            left();
        }
    }
}
