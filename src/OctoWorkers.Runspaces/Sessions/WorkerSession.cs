using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>An open session.</summary>
internal sealed class WorkerSession : IWorkerSession
{
    private readonly Lock _gate = new();
    private readonly OpenedRunspace _opened;
    private readonly Action _closed;
    private Task? _closing;

    internal WorkerSession(string worker, OpenedRunspace opened, SessionGreeting greeting, string mark, Action closed)
    {
        Worker = worker;
        Greeting = greeting;
        Mark = mark;
        _opened = opened;
        _closed = closed;
    }

    /// <inheritdoc/>
    public string Worker { get; }

    /// <inheritdoc/>
    public Runspace Runspace => _opened.Remote;

    /// <inheritdoc/>
    public SessionGreeting Greeting { get; }

    /// <inheritdoc/>
    public SessionFlow? Flow => (object)Runspace.ConnectionInfo is ProcessConnectionInfo own ? own.Flow : null;

    /// <summary>What the processes of a step carry in their environment.</summary>
    internal string Mark { get; }

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
            await _opened.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _closed();
        }
    }
}
