using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>A PowerShell session on a worker. Disposing closes it, which ends its process there.</summary>
public interface IWorkerSession : IAsyncDisposable
{
    /// <summary>The worker's name.</summary>
    string Worker { get; }

    /// <summary>The session, open unless <see cref="IsBroken"/>. One pipeline at a time.</summary>
    Runspace Runspace { get; }

    /// <summary>What the worker said of itself when the session was opened.</summary>
    SessionGreeting Greeting { get; }

    /// <summary>Whether its connection was lost or it was closed; such a session is never used again.</summary>
    bool IsBroken { get; }

    /// <summary>Makes the worker wait for whoever takes what it writes; null where the connection has no means for that.</summary>
    SessionFlow? Flow { get; }

    /// <summary>
    /// Gives it back instead of closing it, when it was given nothing to keep: who needs one next gets it if it is as it was when it was opened, as far as that can be seen, and else it is
    /// closed. Nobody waits for that.
    /// </summary>
    /// <param name="whole">Ends when nothing of its user runs in it any more: with whether all of that has ended by itself. Never fails.</param>
    ValueTask GiveBackAsync(Task<bool> whole);
}
