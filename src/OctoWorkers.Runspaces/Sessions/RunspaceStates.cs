using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Waits for a runspace to be open, or closed, without a thread that waits.</summary>
internal static class RunspaceStates
{
    /// <summary>Opens it.</summary>
    /// <param name="runspace">The runspace.</param>
    /// <param name="cancellationToken">Gives up; it is closed then.</param>
    /// <exception cref="System.Management.Automation.RuntimeException">What PowerShell says of why it could not be opened.</exception>
    internal static async Task OpenAsync(Runspace runspace, CancellationToken cancellationToken)
    {
        TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Changed(object? sender, RunspaceStateEventArgs e)
        {
            if (e.RunspaceStateInfo.State == RunspaceState.Opened)
            {
                opened.TrySetResult();
            }
            else if (e.RunspaceStateInfo.State is RunspaceState.Broken or RunspaceState.Closed)
            {
                opened.TrySetException(e.RunspaceStateInfo.Reason ?? new InvalidRunspaceStateException("The session was closed while it was opened."));
            }
        }

        runspace.StateChanged += Changed;
        try
        {
            runspace.OpenAsync();
            await opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            runspace.StateChanged -= Changed;
        }
    }

    /// <summary>Closes it and waits; one that does not answer is left to its transport, which ends by itself.</summary>
    internal static async Task CloseAsync(Runspace runspace)
    {
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Changed(object? sender, RunspaceStateEventArgs e)
        {
            if (e.RunspaceStateInfo.State is RunspaceState.Broken or RunspaceState.Closed)
            {
                closed.TrySetResult();
            }
        }

        runspace.StateChanged += Changed;
        if (runspace.RunspaceStateInfo.State is RunspaceState.Opened or RunspaceState.Opening or RunspaceState.Connecting or RunspaceState.Disconnected)
        {
            runspace.CloseAsync();
        }

        if (runspace.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Opened or RunspaceState.Opening)
        {
            await closed.Task.ConfigureAwait(false);
        }

        runspace.StateChanged -= Changed;
        runspace.Dispose();
    }
}
