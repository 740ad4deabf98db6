using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>An open session.</summary>
internal sealed class WorkerSession(string worker, Runspace runspace, SessionGreeting greeting) : IWorkerSession
{
    private int _isDisposed;

    /// <inheritdoc/>
    public string Worker { get; } = worker;

    /// <inheritdoc/>
    public Runspace Runspace { get; } = runspace;

    /// <inheritdoc/>
    public SessionGreeting Greeting { get; } = greeting;

    /// <inheritdoc/>
    public bool IsBroken => Volatile.Read(ref _isDisposed) != 0 || Runspace.RunspaceStateInfo.State != RunspaceState.Opened;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await RunspaceStates.CloseAsync(Runspace).ConfigureAwait(false);
        }
    }
}
