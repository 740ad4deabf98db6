namespace OctoWorkers.Engine.Journal;

/// <summary>
/// Everything durable. One implementation is SQLite in a folder; others join behind the same port. All members may be called from several threads
/// and several processes at once. Each call is one transaction: it happens whole or not at all, and what it stored survives the death of every process.
/// Expected failures are <see cref="OctoWorkersException"/>s with the errors that begin with <c>Store</c>.
/// </summary>
public interface IStore
    : IInfrastructureStore, IRunbookStore, IVariableStore, IDefinitionStore, IRunStore, IPackageStore, ILockStore, ISealedTextStore, IEngineRegistry, IAsyncDisposable
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
}
