using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;

namespace OctoWorkers.TestKit.Workers;

/// <summary>One process's way to the workers of a fleet.</summary>
internal sealed class SimulatedTransport(SimulatedFleet fleet, ProcessLife life) : IWorkerTransport
{
    public bool Supports(WorkerConnection connection) => true;

    public Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken) => life.CallAsync<IWorkerChannel>(async () =>
    {
        await Task.Yield();
        SimulatedWire wire = fleet.WireOf(address.Name);
        await wire.Answers.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (wire.IsGone)
        {
            throw new OctoWorkersException(EngineError.WorkerUnavailable, $"Worker '{address.Name}' cannot be reached.", address.Name);
        }

        SimulatedChannel channel = new(fleet.WorkerOf(address), wire, life);
        wire.Add(channel);
        return channel;
    });
}
