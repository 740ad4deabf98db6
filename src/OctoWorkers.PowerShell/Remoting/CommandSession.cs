using System.Collections;
using System.Management.Automation.Host;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>A session of a command's own on a worker: nobody used it before, and nobody uses it after.</summary>
/// <param name="session">The session.</param>
internal sealed class CommandSession(IWorkerSession session) : IAsyncDisposable
{
    private readonly SessionWatch watch = new(session);

    /// <summary>The worker's name.</summary>
    internal string Worker => session.Worker;

    /// <summary>Whether it is gone.</summary>
    internal bool IsBroken => session.IsBroken || watch.Lost.IsCancellationRequested;

    /// <summary>The session itself.</summary>
    internal IWorkerSession Rented => session;

    /// <summary>Rents one.</summary>
    /// <exception cref="OctoWorkersException">What <see cref="IWorkerSessions.RentAsync"/> throws.</exception>
    internal static async Task<CommandSession> OpenAsync(WorkerRecord worker, IWorkerSessions sessions, CancellationToken cancellationToken)
        => new(await sessions.RentAsync(worker.Name, worker.Connection, cancellationToken).ConfigureAwait(false));

    /// <summary>Opens one for somebody who types at a host.</summary>
    /// <exception cref="OctoWorkersException">What <see cref="IWorkerSessions.OpenAsync"/> throws.</exception>
    internal static async Task<CommandSession> OpenAsync(WorkerRecord worker, IWorkerSessions sessions, PSHost host, CancellationToken cancellationToken)
        => new(await sessions.OpenAsync(worker.Name, worker.Connection, host, cancellationToken).ConfigureAwait(false));

    /// <summary>Starts a pipeline; there may be one at a time.</summary>
    /// <param name="script">The script.</param>
    /// <param name="parameters">Its parameters, by name.</param>
    /// <param name="reading">How its results are taken; null: all of them are wanted as soon as they come.</param>
    internal SessionPipeline Start(string script, IDictionary parameters, PipelineReading? reading = null)
        => new(session.Runspace, watch, script, parameters, reading);

    /// <summary>Closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        watch.Dispose();
        await session.DisposeAsync().ConfigureAwait(false);
    }
}
