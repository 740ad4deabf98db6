using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>An open session.</summary>
internal sealed class WorkerSession(string worker, OpenedRunspace opened, SessionGreeting greeting, string mark, Action closed) : IWorkerSession
{
    private readonly Lock _gate = new();
    private Task? _closing;

    /// <inheritdoc/>
    public string Worker { get; } = worker;

    /// <inheritdoc/>
    public Runspace Runspace => opened.Remote;

    /// <inheritdoc/>
    public SessionGreeting Greeting { get; } = greeting;

    /// <summary>What the processes of a step carry in their environment.</summary>
    internal string Mark { get; } = mark;

    /// <inheritdoc/>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
            {
                return _closing is not null || Runspace.RunspaceStateInfo.State != RunspaceState.Opened;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task closing;
        lock (_gate)
        {
            closing = _closing ??= CloseAsync();
        }

        await closing.ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        await Task.Yield();
        try
        {
            await opened.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            closed();
        }
    }
}
