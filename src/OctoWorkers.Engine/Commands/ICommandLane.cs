namespace OctoWorkers.Engine.Commands;

/// <summary>A place on a worker where one input runs at a time: a session that nobody else uses. Disposing of it ends what still runs there.</summary>
/// <typeparam name="TInput">What the command is run for.</typeparam>
public interface ICommandLane<TInput> : IAsyncDisposable
{
    /// <summary>Runs the command for one input; its results go where the lane's owner wants them.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Stops it there, and waits for that as long as is reasonable.</param>
    /// <returns>How it ended. A failure is an end, not an exception.</returns>
    Task<InputEnd> RunAsync(CommandInput<TInput> input, CancellationToken cancellationToken);
}
