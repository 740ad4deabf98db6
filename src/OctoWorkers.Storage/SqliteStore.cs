using OctoWorkers.Engine;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Registry;
using OctoWorkers.Storage.Sqlite;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <summary>
/// A store in a folder of this machine: one SQLite file, and lock files of the processes that use it. Reads see a snapshot and never wait; writes go
/// through one connection of the process, in the order in which they came. What need not wait for others is done on the calling thread, and has ended when its
/// method returns.
/// </summary>
public sealed partial class SqliteStore : IStore
{
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;
    private readonly ChangeFeed changes;
    private readonly EngineRegistry registry;
    private readonly string path;
    private readonly string source;
    private readonly TimeProvider time;
    private readonly AuditedDefinitions audit;

    private SqliteStore(string folder, string path, string source, string key, SqliteSession session, TimeProvider time)
    {
        this.path = path;
        this.source = source;
        this.time = time;
        Location = folder;
        audit = new(Environment.UserName, time);
        Key = key;
        registry = new(folder);
        readers = new(source, path);
        changes = new(source, path, time);
        writer = new(session, new(source), path, changes.Signal);
    }

    /// <inheritdoc/>
    public string Key { get; }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>
    /// Opens the store of a folder, making both where they are missing, for this user alone. A store that cannot be written is opened for reading.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.StoreTooNew"/>, <see cref="EngineError.StoreCorrupt"/>, <see cref="EngineError.StoreReadOnly"/> when it must be made or
    /// brought to this version and cannot be, <see cref="EngineError.StoreFull"/>, <see cref="EngineError.StoreBusy"/>,
    /// <see cref="EngineError.StoreUnavailable"/>.
    /// </exception>
    public static Task<SqliteStore> OpenAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(time);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<SqliteStore>(cancellationToken);
        }

        try
        {
            string full = Path.GetFullPath(folder);
            string path = StoreFile.Create(full);
            SqliteSession session = StoreFile.Open(path, out string source, out string key);
            return Task.FromResult(new SqliteStore(full, path, source, key, session, time));
        }
        catch (OctoWorkersException exception)
        {
            return Task.FromException<SqliteStore>(exception);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> GetSettingsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(SettingTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task SetSettingAsync(string name, string? value, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                SettingTable.Set(session, name, value);
                audit.Note(session, AuditAction.SettingChanged, $"setting '{name}'", null, value is null ? "default" : $"to {value}");
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> WaitForChangeAsync(long seen, TimeSpan longest, CancellationToken cancellationToken)
        => changes.WaitAsync(seen, longest, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(session => StoreCheck.Run(session, path), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunbookRecord>> GetRunbooksAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(RunbookTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<RunbookRecord> PutRunbookAsync(RunbookDefinition runbook, DateTimeOffset at, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(session, DefinitionKind.Runbook, runbook.Name, runbook.Variables, () => RunbookTable.Put(session, runbook, at)), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveRunbookAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.Runbook, name, RunbookTable.Remove, cancellationToken);

    /// <inheritdoc/>
    public Task<StoredDefinitions> GetDefinitionsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(DefinitionTables.All, cancellationToken);

    /// <inheritdoc/>
    public Task<DefinitionsToPut> ChangeDefinitionsAsync(
        Func<StoredDefinitions, DefinitionsToPut> decide, DateTimeOffset at, CancellationToken cancellationToken)
        => Define(session => audit.Change(session, decide, at), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, int>> CountSealedAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(SealedTexts.Count, cancellationToken);

    /// <inheritdoc/>
    public Task<int> ResealAsync(Func<SealedText, SealedText> change, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                int changed = SealedTexts.Change(session, change);
                audit.Note(session, AuditAction.KeyRotated, "secrets", null, $"sealed anew: {changed}");
                return changed;
            },
            cancellationToken);

    /// <summary>Requires that a folder has a store: what looks after one makes none.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreUnavailable"/>.</exception>
    public static void RequireAt(string folder)
    {
        string full = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(full, StoreFile.Name)))
        {
            throw new OctoWorkersException(
                EngineError.StoreUnavailable, $"There is no store in '{full}'. Name the folder of one ({HomeFolder.Variable}); whatever is done there first makes one.", full);
        }
    }

    /// <inheritdoc/>
    public IDisposable Register(EngineId engine) => registry.Register(engine);

    /// <inheritdoc/>
    public bool IsAlive(EngineId engine) => registry.IsAlive(engine);

    /// <inheritdoc/>
    public void Renew(EngineId engine)
    {
        // The folder of a store that somebody removed is not to come back.
        if (File.Exists(path))
        {
            registry.Renew(engine);
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryBecomeDriver() => registry.TryBecomeDriver();

    /// <inheritdoc/>
    public bool HasDriver() => registry.HasDriver();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        changes.Dispose();
        readers.Dispose();
        await writer.DisposeAsync().ConfigureAwait(false);
    }

    private Task<bool> Remove(DefinitionKind kind, string name, Action<SqliteSession, string> remove, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                remove(session, name);
                audit.Removed(session, kind, name);
            },
            cancellationToken);

    // What people define is rare and precious: it survives a power loss.
    private Task<T> Define<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => writer.WriteAsync(work, true, cancellationToken);

    private Task<bool> Define(Action<SqliteSession> work, CancellationToken cancellationToken) => Write(work, true, cancellationToken);

    private Task<bool> Note(Action<SqliteSession> work, CancellationToken cancellationToken) => Write(work, false, cancellationToken);

    private Task<bool> Write(Action<SqliteSession> work, bool survivesPowerLoss, CancellationToken cancellationToken)
        => writer.WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            survivesPowerLoss,
            cancellationToken);
}
