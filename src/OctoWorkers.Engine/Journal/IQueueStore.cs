using OctoWorkers.Engine.Queue;

namespace OctoWorkers.Engine.Journal;

/// <summary>
/// The queue: which runs may begin, and which steps may start. It is decided in the store, in one transaction each, so that the order holds for all
/// processes. Whoever asks and is refused asks again after each change (<see cref="IStore.WaitForChangeAsync"/>); those whose process has died are passed over.
/// </summary>
public interface IQueueStore
{
    /// <summary>
    /// Stands in line for a task slot, and takes one when one is free that no run before it could take (<see cref="QueueOrder"/>). A run that holds one
    /// already gets it again.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="fencingToken">The owner's token.</param>
    /// <param name="machine">The machine whose slots are counted.</param>
    /// <param name="cap">How many there are; 0: only asks whether the run holds one, and does not stand in line.</param>
    /// <param name="at">Now: it stands in line since then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.FencedOut"/>; <see cref="EngineError.InvalidRunState"/> when it has ended; <see cref="EngineError.WaitCycle"/> when it would
    /// wait for a run that waits for it: the message names the circle.
    /// </exception>
    Task<bool> TryTakeSlotAsync(RunId run, long fencingToken, string machine, int cap, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Stands in line for a task slot, and takes none yet.</summary>
    /// <param name="run">The run.</param>
    /// <param name="fencingToken">The owner's token.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">As for <see cref="TryTakeSlotAsync"/>.</exception>
    Task EnterQueueAsync(RunId run, long fencingToken, string machine, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Gives a slot to the first run of a process that stands in line and that no other process's run comes before; null when there is none.</summary>
    /// <param name="owner">The process.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="cap">How many slots there are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RunId?> TakeNextSlotAsync(EngineId owner, string machine, int cap, CancellationToken cancellationToken);

    /// <summary>Gives the slot back, and leaves the line. A run that holds none: nothing happens. A run that ends gives it back by itself.</summary>
    /// <param name="run">The run.</param>
    /// <param name="fencingToken">The owner's token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ReleaseSlotAsync(RunId run, long fencingToken, CancellationToken cancellationToken);

    /// <summary>Moves a queued run before all others.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunNotFound"/>; <see cref="EngineError.InvalidRunState"/> when it is not in the queue.</exception>
    Task MoveToTopAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Changes the priority of a queued run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="priority">What it is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunNotFound"/>; <see cref="EngineError.InvalidRunState"/> when it is not in the queue.</exception>
    Task SetPriorityAsync(RunId run, RunPriority priority, CancellationToken cancellationToken);

    /// <summary>Pauses the queue, or changes who paused it and why. It stays paused whatever becomes of the processes.</summary>
    /// <param name="pause">By whom, why, since when; a queue that was paused keeps its beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PauseQueueAsync(QueuePause pause, CancellationToken cancellationToken);

    /// <summary>Lets queued runs begin again.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was paused.</returns>
    Task<bool> ResumeQueueAsync(CancellationToken cancellationToken);

    /// <summary>The pause of the queue; null when there is none.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<QueuePause?> GetQueuePauseAsync(CancellationToken cancellationToken);

    /// <summary>What a run would wait for if it were asked for now; empty when it would begin at once.</summary>
    /// <param name="machine">The machine whose slots it would need.</param>
    /// <param name="concurrencyTag">Its tag; null: none.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Wait>> GetOutlookAsync(string machine, string? concurrencyTag, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for a place among the running steps of a worker and a pool (<see cref="PlaceOrder"/>); waits in line when there is none. Always given where no
    /// cap is set, without a look at the token. It is given back with the attempt's or the run's end, or a change of owner before the attempt began. While the
    /// run waits for a person it is refused, without a place in the line.
    /// </summary>
    /// <param name="place">What is asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FencedOut"/>; <see cref="EngineError.InvalidRunState"/> when the run has ended.</exception>
    Task<bool> TryTakePlaceAsync(PlaceRequest place, CancellationToken cancellationToken);

    /// <summary>Gives back a place, or the wish for one, of an attempt that has not begun. An older fencing token: nothing happens.</summary>
    /// <param name="place">What was asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task GiveUpPlaceAsync(PlaceRequest place, CancellationToken cancellationToken);

    /// <summary>Says what a run waits for of one kind, or that it no longer does; other kinds stay. An older fencing token: nothing happens.</summary>
    /// <param name="run">The run.</param>
    /// <param name="fencingToken">The owner's token.</param>
    /// <param name="kind">The kind. Waits for slots, tags, places and child runs are found by the store itself.</param>
    /// <param name="waits">The waits of that kind; empty: none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SetWaitsAsync(RunId run, long fencingToken, WaitKind kind, IReadOnlyList<Wait> waits, CancellationToken cancellationToken);

    /// <summary>Drains a worker: no new lease is given on it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="drain">By when it is to be free, and what happens then; null: it takes the time it takes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerNotFound"/>.</exception>
    Task<WorkerRecord> DrainWorkerAsync(string name, WorkerDrain? drain, CancellationToken cancellationToken);

    /// <summary>Asks that the runs be canceled that still have a lease on a worker whose drain says so and whose deadline has passed; each once.</summary>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The workers where there were any.</returns>
    Task<IReadOnlyList<DrainEnd>> EndDrainsAsync(DateTimeOffset at, CancellationToken cancellationToken);
}
