namespace OctoWorkers.Engine.Commands;

/// <summary>Hears what becomes of a command's inputs. What is returned is waited for before the dispatch goes on.</summary>
/// <typeparam name="TInput">What the command is run for.</typeparam>
public interface IDispatchObserver<TInput>
{
    /// <summary>An input is about to run on its worker.</summary>
    /// <param name="input">The input.</param>
    ValueTask OnBegunAsync(CommandInput<TInput> input);

    /// <summary>An input failed and is run again.</summary>
    /// <param name="input">The input, with the attempt that failed.</param>
    /// <param name="error">Why.</param>
    ValueTask OnRetriedAsync(CommandInput<TInput> input, Exception error);

    /// <summary>An input is over: nothing comes from it any more.</summary>
    /// <param name="input">The input.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    ValueTask OnEndedAsync(CommandInput<TInput> input, Exception? error);

    /// <summary>A worker cannot be used; it gets no inputs any more.</summary>
    /// <param name="worker">Its name.</param>
    /// <param name="error">Why.</param>
    ValueTask OnWorkerLostAsync(string worker, OctoWorkersException error);
}
