using System.Management.Automation.Runspaces;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>A runspace on a worker.</summary>
/// <param name="Remote">The runspace.</param>
/// <param name="Abort">Ends the program that leads to it, whatever the session does; null: there is none.</param>
internal sealed record OpenedRunspace(Runspace Remote, Action? Abort)
{
    /// <summary>How long a session that is there may take to close.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Closes it, and ends what does not close.</summary>
    internal ValueTask CloseAsync() => CloseAsync(Patience);

    /// <summary>Ends what leads to it, and closes it: nobody has used it, so that nothing there needs an orderly end.</summary>
    internal ValueTask GiveUpAsync()
    {
        Abort?.Invoke();
        return CloseAsync();
    }

    /// <summary>Closes it, and ends what does not close in a time.</summary>
    internal async ValueTask CloseAsync(TimeSpan patience)
    {
        if (!await RunspaceStates.CloseAsync(Remote, patience).ConfigureAwait(false) && Abort is not null)
        {
            Abort();
            await RunspaceStates.CloseAsync(Remote, Patience).ConfigureAwait(false);
        }
    }
}
