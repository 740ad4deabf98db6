using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Runs a short script of the engine's own in a session.</summary>
internal static class RemoteCall
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="runspace">The session, idle.</param>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments, in order.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RuntimeException">It failed, or the session broke.</exception>
    internal static async Task<IReadOnlyList<PSObject>> InvokeAsync(Runspace runspace, string script, IEnumerable<object?> arguments, CancellationToken cancellationToken)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        using CancellationTokenRegistration stopping = cancellationToken.Register(() => shell.BeginStop(null, null));
        try
        {
            return [.. await Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke).ConfigureAwait(false)];
        }
        catch (PipelineStoppedException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
