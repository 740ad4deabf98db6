using System.Management.Automation.Runspaces;

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
}
