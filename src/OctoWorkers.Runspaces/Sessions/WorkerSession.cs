using System.Diagnostics;
using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>An open session.</summary>
internal sealed class WorkerSession : IWorkerSession
{
    private readonly Lock _gate = new();
    private readonly OpenedRunspace _opened;
    private readonly Action _closed;
    private readonly CancellationTokenSource _watching = new();
    private Task? _closing;

    internal WorkerSession(string worker, OpenedRunspace opened, SessionGreeting greeting, string mark, Action closed, bool isHere)
    {
        Worker = worker;
        Greeting = greeting;
        Mark = mark;
        _opened = opened;
        _closed = closed;
        Gone = isHere ? ExitAsync(greeting.ProcessId, _watching.Token) : new TaskCompletionSource().Task;
    }

    /// <inheritdoc/>
    public string Worker { get; }

    /// <summary>
    /// Ends when its process is known to be gone, which is long before PowerShell says so: it waits a minute for a process of this machine that has ended to close the session. It may never
    /// end.
    /// </summary>
    internal Task Gone { get; }

    /// <inheritdoc/>
    public Runspace Runspace => _opened.Remote;

    /// <inheritdoc/>
    public SessionGreeting Greeting { get; }

    /// <summary>What the processes of a step carry in their environment.</summary>
    internal string Mark { get; }

    /// <inheritdoc/>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
            {
                return _closing is not null || Gone.IsCompleted || Runspace.RunspaceStateInfo.State != RunspaceState.Opened;
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

    private static async Task ExitAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or OperationCanceledException)
        {
            // It has gone already, or nobody wants to know any more.
        }
    }

    private async Task CloseAsync()
    {
        await Task.Yield();
        try
        {
            await _opened.CloseAsync(Gone.IsCompleted ? TimeSpan.Zero : OpenedRunspace.Patience).ConfigureAwait(false);
        }
        finally
        {
            await _watching.CancelAsync().ConfigureAwait(false);
            _watching.Dispose();
            _closed();
        }
    }
}
