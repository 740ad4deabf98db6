namespace OctoWorkers.Engine.Transports;

/// <summary>
/// One open connection to a worker. Attempts outlive it: they run detached, by ticket, and a later channel finds them again.
/// All members may be called from several threads at once. When the connection breaks, every call under way and every later one throws
/// <see cref="EngineError.WorkerUnavailable"/>; the caller then opens another channel and asks what became of its tickets.
/// Disposing closes the connection and leaves attempts running.
/// </summary>
public interface IWorkerChannel : IAsyncDisposable
{
    /// <summary>What the worker said of itself when the channel was opened.</summary>
    WorkerGreeting Greeting { get; }

    /// <summary>Cancelled when the connection has broken or was closed.</summary>
    CancellationToken Broken { get; }

    /// <summary>The packages that the worker keeps.</summary>
    IPackageCache Packages { get; }

    /// <summary>
    /// Makes the run known on the worker under a fencing token, and says what the worker knows of it. It must come before the first
    /// <see cref="StartAsync"/> of the run on this worker and after every change of the run's owner. The worker keeps the highest token it has seen.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="fencingToken">The owner's token.</param>
    /// <param name="knownUnder">
    /// The token under which, or under a higher one, the worker must know the run already: where it does not, it has lost the run's state, says so and makes nothing.
    /// 0: the run need not be known, and is made known.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FencedOut"/> when the worker has seen a higher token.</exception>
    Task<RunOnWorker> EnterRunAsync(string run, long fencingToken, long knownUnder, CancellationToken cancellationToken);

    /// <summary>
    /// Starts an attempt, detached, at most once for its ticket. Returns when the worker has accepted or refused it; a ticket that was
    /// used before is not started again.
    /// </summary>
    /// <param name="start">What to start.</param>
    /// <param name="cancellationToken">Gives up waiting; the attempt may have started.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.FencedOut"/> when the worker has seen a higher token, or the run was never entered on it.
    /// </exception>
    Task<StartResult> StartAsync(AttemptStart start, CancellationToken cancellationToken);

    /// <summary>
    /// Reads an attempt's output from the given offsets on, as it comes, until the attempt has ended and all of its output was read. The last
    /// signal is an <see cref="AttemptExited"/>, exactly once. Taking the next signal acknowledges the one before: a slow reader slows the
    /// reading down, never the worker's memory up. One reader at a time for a ticket.
    /// </summary>
    /// <param name="ticket">The attempt.</param>
    /// <param name="from">How much of each stream is known already.</param>
    /// <param name="cancellationToken">Stops reading; the attempt goes on.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.OutcomeUnknown"/> when the worker knows no such ticket.</exception>
    IAsyncEnumerable<AttemptSignal> FollowAsync(string ticket, OutputOffsets from, CancellationToken cancellationToken);

    /// <summary>
    /// Ends an attempt's whole process tree: TERM, then KILL after the grace period, with the strongest means the worker has. A ticket that was
    /// never started is marked so that it never will be; of a run that the worker does not know, none was.
    /// </summary>
    /// <param name="run">The run it belongs to.</param>
    /// <param name="ticket">The attempt.</param>
    /// <param name="grace">How long after TERM; zero sends KILL at once.</param>
    /// <param name="cancellationToken">Gives up waiting; the ending goes on.</param>
    Task<TerminationReceipt> TerminateAsync(string run, string ticket, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a file of an attempt from its beginning, as it is now. Taking the next piece acknowledges the one before, which is not valid any more then.
    /// </summary>
    /// <param name="run">The run the attempt belongs to, entered on this worker before.</param>
    /// <param name="ticket">The attempt.</param>
    /// <param name="path">A regular file that the worker's user can read: absolute, or below the attempt's working directory.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.ArtifactNotFound"/> when there is no such file, <see cref="EngineError.InvalidArgument"/> when it is no regular one or cannot be read,
    /// <see cref="EngineError.OutcomeUnknown"/> when the worker knows no such ticket.
    /// </exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(string run, string ticket, string path, CancellationToken cancellationToken);

    /// <summary>Removes all that the run has on the worker: tickets, scripts, outputs, working directories, its fencing token.</summary>
    /// <param name="run">The run. Unknown there: nothing happens.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnusable"/> when something could not be removed; it names what.</exception>
    Task RemoveRunAsync(string run, CancellationToken cancellationToken);
}
