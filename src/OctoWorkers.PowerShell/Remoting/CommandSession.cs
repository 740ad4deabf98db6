using System.Collections;
using System.Management.Automation.Host;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>A session on a worker that one command has at a time.</summary>
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
    /// <param name="worker">The worker.</param>
    /// <param name="sessions">Gives sessions.</param>
    /// <param name="isUnused">Whether nobody may have used it before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">What <see cref="IWorkerSessions.RentAsync"/> throws.</exception>
    internal static async Task<CommandSession> OpenAsync(WorkerRecord worker, IWorkerSessions sessions, bool isUnused, CancellationToken cancellationToken)
        => new(await sessions.RentAsync(worker.Name, worker.Connection, isUnused, cancellationToken).ConfigureAwait(false));

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

    /// <summary>Starts a pipeline that takes no input; there may be one at a time.</summary>
    /// <param name="script">The script.</param>
    /// <param name="arguments">Its arguments, in order.</param>
    /// <param name="reading">How its results are taken.</param>
    internal SessionPipeline StartAlone(string script, IEnumerable<object?> arguments, PipelineReading reading) => new(session.Runspace, watch, script, arguments, reading);

    /// <summary>Gives it back for another command, which gets it if it is as it was.</summary>
    /// <param name="whole">Ends when nothing of this one runs there any more: with whether all has ended by itself.</param>
    internal async Task GiveBackAsync(Task<bool> whole)
    {
        await session.GiveBackAsync(whole).ConfigureAwait(false);
        try
        {
            await whole.ConfigureAwait(false);
        }
        finally
        {
            watch.Dispose();
        }
    }

    /// <summary>Closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        watch.Dispose();
        await session.DisposeAsync().ConfigureAwait(false);
    }
}
