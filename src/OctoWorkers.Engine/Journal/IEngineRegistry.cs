namespace OctoWorkers.Engine.Journal;

/// <summary>
/// Which processes that drive runs are alive. On one machine that is an operating-system file lock, which the kernel releases at death, not a clock.
/// </summary>
public interface IEngineRegistry
{
    /// <summary>Declares this process alive until the result is disposed, or the process dies.</summary>
    /// <param name="engine">Made by this process.</param>
    IDisposable Register(EngineId engine);

    /// <summary>Whether a process is alive. One that was never registered is not; one that is registered here is.</summary>
    /// <param name="engine">Which.</param>
    bool IsAlive(EngineId engine);

    /// <summary>
    /// Declares a process that is registered here alive once more where something took the declaration away, such as what cleans up temporary folders:
    /// others take its runs for orphans until then. Nothing happens when the declaration stands, or when the store itself has gone.
    /// </summary>
    /// <param name="engine">Made by this process.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreReadOnly"/>.</exception>
    void Renew(EngineId engine);

    /// <summary>Takes the place of the one background driver of this store and machine.</summary>
    /// <returns>Holds the place until disposed; null when another process has it.</returns>
    IDisposable? TryBecomeDriver();

    /// <summary>Whether some process is the driver now.</summary>
    bool HasDriver();
}
