using System.Management.Automation.Host;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Gives PowerShell sessions on workers, each to one user at a time. All members may be called from several threads at once.</summary>
public interface IWorkerSessions : IAsyncDisposable
{
    /// <summary>Gives a session: one that nobody has used before, or that is as it was then.</summary>
    /// <param name="worker">The worker's name, for messages.</param>
    /// <param name="connection">
    /// How the worker is reached. Of one that is not a <see cref="PowerShellConnection"/> it is taken that sessions are reached the same way: on this machine out of process, over
    /// ssh through the subsystem <see cref="PowerShellConnection.DefaultSubsystem"/>.
    /// </param>
    /// <param name="isUnused">Whether nobody may have used it before.</param>
    /// <param name="cancellationToken">Gives up waiting; nothing is left open.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.UnsupportedPlatform"/> when this machine has no PowerShell to reach others with; <see cref="EngineError.WorkerUnavailable"/> when the worker cannot be
    /// reached; <see cref="EngineError.WorkerUnusable"/> when what answers serves no sessions, or has a PowerShell that is too old.
    /// </exception>
    Task<IWorkerSession> RentAsync(string worker, WorkerConnection connection, bool isUnused, CancellationToken cancellationToken);

    /// <summary>Opens a session for somebody who types: what is written and asked for there goes to a host. None is kept ahead for it.</summary>
    /// <param name="worker">The worker's name, for messages and the prompt.</param>
    /// <param name="connection">As for <see cref="RentAsync"/>.</param>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Gives up waiting; nothing is left open.</param>
    /// <exception cref="OctoWorkersException">As for <see cref="RentAsync"/>.</exception>
    Task<IWorkerSession> OpenAsync(string worker, WorkerConnection connection, PSHost host, CancellationToken cancellationToken);
}
