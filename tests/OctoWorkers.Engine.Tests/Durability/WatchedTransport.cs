using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Opens real channels, and tells of every start.</summary>
internal sealed class WatchedTransport(IWorkerTransport inner, Action<AttemptStart> starting) : IWorkerTransport
{
    public bool Supports(WorkerConnection connection) => inner.Supports(connection);

    public async Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken)
        => WatchedChannel.Around(await inner.OpenAsync(address, cancellationToken), starting);
}
