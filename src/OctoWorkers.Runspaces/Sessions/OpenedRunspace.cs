using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>A runspace on a worker.</summary>
/// <param name="Remote">The runspace.</param>
/// <param name="Opener">The local one that opened it and would take it along when it closes; null: none.</param>
internal sealed record OpenedRunspace(Runspace Remote, Runspace? Opener)
{
    /// <summary>How long a session that is there may take to close.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Closes both.</summary>
    /// <param name="patience">How long an answer may take.</param>
    internal async ValueTask CloseAsync(TimeSpan patience)
    {
        await RunspaceStates.CloseAsync(Remote, patience).ConfigureAwait(false);
        Opener?.Dispose();
    }
}
