using System.Management.Automation;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>The session in which the engine itself works on a worker: files, packages, ending and removing. Steps never see it; it is opened again when it broke.</summary>
internal sealed class HouseSession(MachineName worker, PowerShellConnection connection, WorkerSessions sessions) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private WorkerSession? _session;

    /// <summary>Opens it, unless it is open, and says what it is.</summary>
    internal async Task<SessionGreeting> OpenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return (await OpenedAsync(cancellationToken).ConfigureAwait(false)).Greeting;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs one of the engine's scripts.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnavailable"/>: the session cannot be opened, or broke; <see cref="EngineError.WorkerUnusable"/>: the script failed.</exception>
    internal async Task<IReadOnlyList<PSObject>> InvokeAsync(string script, IReadOnlyList<object?> arguments, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            WorkerSession session = await OpenedAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await RemoteCall.InvokeAsync(session.Runspace, script, arguments, cancellationToken).ConfigureAwait(false);
            }
            catch (RuntimeException failure)
            {
                throw new OctoWorkersException(
                    session.IsBroken ? EngineError.WorkerUnavailable : EngineError.WorkerUnusable, $"{worker}: {SessionFailure.Said(failure)}", worker.Name, failure);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        if (_session is not null)
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }

    private async Task<WorkerSession> OpenedAsync(CancellationToken cancellationToken)
    {
        if (_session is { IsBroken: true } broken)
        {
            _session = null;
            await broken.DisposeAsync().ConfigureAwait(false);
        }

        return _session ??= await sessions.OpenAsync(worker, connection, cancellationToken).ConfigureAwait(false);
    }
}
