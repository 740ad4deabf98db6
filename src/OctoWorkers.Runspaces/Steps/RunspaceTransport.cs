using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Hosting;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>
/// Reaches workers through PowerShell remoting. What runs there lives in sessions of this process: it goes on over a channel that is opened anew, and ends with the transport.
/// </summary>
/// <param name="sessions">The sessions; not disposed of by this.</param>
public sealed class RunspaceTransport(WorkerSessions sessions) : IWorkerTransport, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Store, WorkerId Worker, WorkerConnection Connection), SessionWorker> _workers = [];

    /// <inheritdoc/>
    public bool Supports(WorkerConnection connection) => connection is PowerShellConnection;

    /// <inheritdoc/>
    public Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        InstalledPowerShell.Require(address.Machine, address.Connection as PowerShellConnection);
        return ChannelAsync(address, cancellationToken);
    }

    /// <summary>Closes the sessions of steps, which ends these.</summary>
    public async ValueTask DisposeAsync()
    {
        SessionWorker[] workers;
        lock (_gate)
        {
            workers = [.. _workers.Values];
            _workers.Clear();
        }

        await Task.WhenAll(workers.Select(worker => worker.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    // Apart from the rest, because it cannot be compiled before PowerShell is there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<IWorkerChannel> ChannelAsync(WorkerAddress address, CancellationToken cancellationToken)
    {
        SessionWorker? worker;
        lock (_gate)
        {
            if (!_workers.TryGetValue((address.StoreKey, address.Worker, address.Connection), out worker))
            {
                worker = new(address, (PowerShellConnection)address.Connection, sessions);
                _workers.Add((address.StoreKey, address.Worker, address.Connection), worker);
            }
        }

        worker.Expect();
        SessionGreeting greeting = await worker.House.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new RunspaceChannel(worker, greeting);
    }
}
