using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Runs a short script of the engine's own in a session.</summary>
internal static class RemoteCall
{
    // Who has given up waits so long for the script to stop: the session does one thing at a time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs it to its end.</summary>
    /// <param name="runspace">The session, idle.</param>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments, in order.</param>
    /// <param name="cancellationToken">Stops it. A session that does not answer to that either is not waited for.</param>
    /// <exception cref="RuntimeException">It failed, or the session broke.</exception>
    internal static async Task<IReadOnlyList<PSObject>> InvokeAsync(Runspace runspace, string script, IEnumerable<object?> arguments, CancellationToken cancellationToken)
    {
        PowerShell shell = PowerShell.Create();
        Task<PSDataCollection<PSObject>> call;
        try
        {
            shell.Runspace = runspace;
            shell.AddScript(script);
            foreach (object? argument in arguments)
            {
                shell.AddArgument(argument);
            }

            call = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        }
        catch
        {
            shell.Dispose();
            throw;
        }

        _ = call.ContinueWith(
            static (told, shell) =>
            {
                _ = told.Exception;
                ((PowerShell)shell!).Dispose();
            }, shell, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Task<PSDataCollection<PSObject>> ended = RunspaceStates.EndAsync(call, runspace);
        _ = ended.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return [.. await ended.WaitAsync(cancellationToken).ConfigureAwait(false)];
        }
        catch (OperationCanceledException) when (!ended.IsCompleted)
        {
            try
            {
                shell.BeginStop(null, null);
            }
            catch (ObjectDisposedException)
            {
                // It has ended by now.
            }

            await ((Task)ended).WaitAsync(Patience, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
