using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Notices that a session is gone.</summary>
internal sealed class SessionWatch : IDisposable
{
    private readonly Runspace runspace;
    private readonly CancellationTokenSource lost = new();

    /// <summary>Begins to watch.</summary>
    /// <param name="session">The session.</param>
    internal SessionWatch(IWorkerSession session)
    {
        runspace = session.Runspace;
        runspace.StateChanged += OnStateChanged;
        if (runspace.RunspaceStateInfo.State is RunspaceState.Broken or RunspaceState.Closed)
        {
            lost.Cancel();
        }
    }

    /// <summary>Cancelled when the session is gone.</summary>
    internal CancellationToken Lost => lost.Token;

    /// <summary>Why; null when nobody knows.</summary>
    internal Exception? Reason => runspace.RunspaceStateInfo.Reason;

    /// <summary>Ends watching.</summary>
    public void Dispose() => runspace.StateChanged -= OnStateChanged;

    private void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Broken or RunspaceState.Closed)
        {
            lost.Cancel();
        }
    }
}
