namespace OctoWorkers.Engine.Commands;

/// <summary>A worker as a command sees it.</summary>
/// <typeparam name="TInput">What the command is run for.</typeparam>
public interface ICommandWorker<TInput>
{
    /// <summary>The worker's name.</summary>
    string Name { get; }

    /// <summary>Opens a lane.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">None can be opened: the worker gets nothing to do, and others do its work.</exception>
    Task<ICommandLane<TInput>> OpenAsync(CancellationToken cancellationToken);
}
