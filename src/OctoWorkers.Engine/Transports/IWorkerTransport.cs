namespace OctoWorkers.Engine.Transports;

/// <summary>Opens channels to workers of some kinds of connection.</summary>
public interface IWorkerTransport
{
    /// <summary>Whether it can open this kind of connection.</summary>
    /// <param name="connection">The connection.</param>
    bool Supports(WorkerConnection connection);

    /// <summary>Opens a channel.</summary>
    /// <param name="address">The worker.</param>
    /// <param name="cancellationToken">Gives the attempt up; nothing is left running.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.WorkerUnavailable"/> when it cannot be reached (with ssh's own words),
    /// <see cref="EngineError.WorkerUnusable"/> when it lacks what the channel needs,
    /// <see cref="EngineError.ProtocolViolation"/> when what answers is not a runner.
    /// </exception>
    Task<IWorkerChannel> OpenAsync(WorkerAddress address, CancellationToken cancellationToken);
}
