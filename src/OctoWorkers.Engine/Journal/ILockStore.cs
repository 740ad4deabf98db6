using OctoWorkers.Engine.Locks;

namespace OctoWorkers.Engine.Journal;

/// <summary>
/// The locks of machines (<see cref="LockOrder"/>): decided in the store, so that they hold for all processes. A run's lock passes to whoever takes the run
/// over where the step that it is for has begun, and is given back otherwise; it ends with the step's attempt, and at the latest with the run.
/// </summary>
public interface ILockStore
{
    /// <summary>Asks for the lock of a machine, or waits in line for it. Who has it gets it again. Who is refused asks again after each change.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Gives up; it may stand in line.</param>
    /// <returns>Those whom it waits for, in the order of the line; empty: it has the lock.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FencedOut"/>; <see cref="EngineError.InvalidRunState"/> when the run has ended or waits for a person.</exception>
    Task<IReadOnlyList<MachineLock>> TakeLockAsync(LockRequest request, CancellationToken cancellationToken);

    /// <summary>Gives a lock back, or the wish for it. One that is not there, one of a step that has begun, and an older fencing token: nothing happens.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ReleaseLockAsync(LockRequest request, CancellationToken cancellationToken);

    /// <summary>All who hold locks or wait for them, by machine, in the order of each line.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MachineLock>> GetLocksAsync(CancellationToken cancellationToken);
}
