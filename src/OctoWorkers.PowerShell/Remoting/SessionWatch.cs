using System.Diagnostics;
using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Notices that a session is gone. Of one on this machine its process is watched too: when that ends, PowerShell says so only a minute later.</summary>
internal sealed class SessionWatch : IDisposable
{
    private readonly Runspace runspace;
    private readonly Process? process;
    private readonly CancellationTokenSource lost = new();

    /// <summary>Begins to watch.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isLocal">Whether its process is one of this machine.</param>
    internal SessionWatch(IWorkerSession session, bool isLocal)
    {
        runspace = session.Runspace;
        runspace.StateChanged += OnStateChanged;
        if (isLocal && session.Greeting.ProcessId > 0)
        {
            try
            {
                process = Process.GetProcessById(session.Greeting.ProcessId);
                process.Exited += OnExited;
                process.EnableRaisingEvents = true;
            }
            catch (ArgumentException)
            {
                // It is gone already.
                lost.Cancel();
            }
        }

        if (runspace.RunspaceStateInfo.State is RunspaceState.Broken or RunspaceState.Closed)
        {
            lost.Cancel();
        }
    }

    /// <summary>Cancelled when the session is gone.</summary>
    internal CancellationToken Lost => lost.Token;

    /// <summary>Why, in PowerShell's own words; null when it has none.</summary>
    internal Exception? Reason => runspace.RunspaceStateInfo.Reason;

    /// <summary>Ends watching.</summary>
    public void Dispose()
    {
        runspace.StateChanged -= OnStateChanged;
        if (process is not null)
        {
            process.Exited -= OnExited;
            process.Dispose();
        }
    }

    private void OnExited(object? sender, EventArgs e) => lost.Cancel();

    private void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Broken or RunspaceState.Closed)
        {
            lost.Cancel();
        }
    }
}
