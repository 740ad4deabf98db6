using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>A session in the hands of its user.</summary>
/// <param name="worker">The worker's name.</param>
/// <param name="session">The session.</param>
/// <param name="pool">Whose it is; null: nobody's.</param>
/// <param name="use">What it is used for.</param>
internal sealed class RentedSession(string worker, WorkerSession session, SessionPool? pool, SessionUse use) : IWorkerSession
{
    private const int Closed = 1;
    private const int GivenBack = 2;
    private int _left;

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
        if (TryLeave(Closed))
        {
            pool?.Returns.Leave(use);
        }

        return Volatile.Read(ref _left) == GivenBack ? ValueTask.CompletedTask : session.DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask GiveBackAsync(Task<bool> whole)
        => pool is null ? DisposeAsync()
            : TryLeave(GivenBack) ? pool.Returns.TakeBackAsync(use, session, whole)
            : ValueTask.CompletedTask;

    /// <summary>The pipeline that waits there for a step; null: there is none.</summary>
    internal StepPipeline? TakePipeline() => session.TakePipeline();

    /// <summary>No other step of the run that keeps it comes.</summary>
    /// <returns>Whether the session has left no folder of it.</returns>
    internal Task<bool> EndRunAsync() => session.EndRunAsync();

    /// <summary>Whether its end can wait for the end of the burst.</summary>
    internal bool MayDeferEnd => pool?.Returns.MayDefer(session) == true;

    /// <summary>Whether a pipeline may wait there.</summary>
    internal bool MayWait => session.MayWait;

    /// <summary>A pipeline waits there for the next step.</summary>
    internal void Offer(StepPipeline pipeline) => session.Offer(pipeline);

    /// <summary>Whether a pipeline waits there.</summary>
    internal bool IsWaiting => session.IsWaiting;

    /// <summary>It is not needed any more; it is ended, and nobody waits for that.</summary>
    /// <param name="after">What it does after its step.</param>
    internal void Retire(AfterStep after)
    {
        if (TryLeave(Closed))
        {
            pool?.Returns.Leave(use);
        }

        IsRetired = true;
        pool?.Returns.Retire(session, after);
    }

    // Its user has it no more, from now on.
    private bool TryLeave(int how) => Interlocked.CompareExchange(ref _left, how, 0) == 0;
}
