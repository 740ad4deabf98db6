using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>A runspace on a worker.</summary>
/// <param name="Remote">The runspace.</param>
/// <param name="Opener">The local one that opened it and would take it along when it closes; null: none.</param>
internal sealed record OpenedRunspace(Runspace Remote, Runspace? Opener)
{
    /// <summary>Closes both.</summary>
    internal async ValueTask CloseAsync()
    {
        await RunspaceStates.CloseAsync(Remote).ConfigureAwait(false);
        Opener?.Dispose();
    }
}
