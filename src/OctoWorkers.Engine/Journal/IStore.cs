using OctoWorkers.Engine.Artifacts;

namespace OctoWorkers.Engine.Journal;

/// <summary>
/// Everything durable. One implementation is SQLite in a folder; others join behind the same port. All members may be called from several threads
/// and several processes at once. Each call is one transaction: it happens whole or not at all, and what it stored survives the death of every process.
/// Expected failures are <see cref="OctoWorkersException"/>s with the errors that begin with <c>Store</c>.
/// </summary>
public interface IStore
    : IInfrastructureStore, IRunbookStore, IVariableStore, IDefinitionStore, IRunStore, IQueueStore, IPackageStore, ILockStore, ISealedTextStore, IInterruptionStore,
      IAuditStore, IEngineRegistry, IAsyncDisposable
{
    /// <summary>Tells this store apart from others on a worker: 16 lower-case hexadecimal digits, made with the store.</summary>
    string Key { get; }

    /// <summary>Where it is, for messages: a folder, a server.</summary>
    string Location { get; }

    /// <summary>All settings that were set, by name.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyDictionary<string, string>> GetSettingsAsync(CancellationToken cancellationToken);

    /// <summary>Sets a setting, or forgets it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null: the default again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SetSettingAsync(string name, string? value, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until something may have changed, through this or any other process, since <paramref name="seen"/>, or until the longest wait is over.
    /// </summary>
    /// <param name="seen">What an earlier call returned; 0 at first, which returns at once.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A mark for the next call.</returns>
    Task<long> WaitForChangeAsync(long seen, TimeSpan longest, CancellationToken cancellationToken);

    /// <summary>Looks for damage.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is wrong, in words; empty when nothing is.</returns>
    Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Looks for damage thoroughly, which takes its time: everything that is stored, and the files of artifacts. Runs may go on meanwhile.</summary>
    /// <param name="artifacts">The files of artifacts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<StoreCondition> ExamineAsync(IArtifactStore artifacts, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a backup: everything that is stored, as it is at one moment, the artifacts, and the packages of the built-in feed. Runs may go on meanwhile. The keys of secrets are not in it. The file is
    /// there whole or not at all, for its owner alone.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="artifacts">The files of artifacts.</param>
    /// <param name="overwrites">Whether a file that is there is replaced.</param>
    /// <param name="includesPackages">Whether the packages of the built-in feed are in it.</param>
    /// <param name="cancellationToken">Gives up; no file is left.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>; <see cref="EngineError.InvalidArgument"/> when the file cannot be written.</exception>
    Task<StoreBackup> BackupAsync(string file, IArtifactStore artifacts, bool overwrites, bool includesPackages, CancellationToken cancellationToken);

    /// <summary>Gives the space of what was removed back to the disk.</summary>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InUse"/> while runs are driven: they could not write for as long as it takes; <see cref="EngineError.StoreFull"/> when the disk has no room
    /// for it. Nothing has changed then.
    /// </exception>
    Task<StoreCompaction> CompactAsync(CancellationToken cancellationToken);
}
