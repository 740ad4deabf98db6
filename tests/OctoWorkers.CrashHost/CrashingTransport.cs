using OctoWorkers.Engine.Transports;

namespace OctoWorkers.CrashHost;

/// <summary>Opens real channels, with the crash point before them.</summary>
internal sealed class CrashingTransport(IWorkerTransport inner, CrashPoint point) : IWorkerTransport
{
    public bool Supports(WorkerConnection connection) => inner.Supports(connection);

    public async Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken)
        => CrashingProxy.Around(await inner.OpenAsync(address, cancellationToken).ConfigureAwait(false), point);
}
