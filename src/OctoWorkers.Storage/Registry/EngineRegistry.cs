using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Registry;

/// <summary>Which processes of this machine are alive: a locked file for each in the store's folder.</summary>
/// <param name="folder">The store's folder.</param>
internal sealed class EngineRegistry(string folder) : IEngineRegistry
{
    private readonly string engines = Path.Combine(folder, "engines");
    private readonly string driver = Path.Combine(folder, "driver.lock");
    private readonly Lock gate = new();
    private readonly Dictionary<EngineId, (HeldLock Lock, int Count)> registered = [];

    /// <inheritdoc/>
    public IDisposable Register(EngineId engine)
    {
        lock (gate)
        {
            (HeldLock held, int count) = registered.TryGetValue(engine, out (HeldLock, int) known) ? known : (Declare(engine), 0);
            registered[engine] = (held, count + 1);
        }

        return new Registration(() => Release(engine));
    }

    /// <inheritdoc/>
    public bool IsAlive(EngineId engine)
    {
        lock (gate)
        {
            if (registered.ContainsKey(engine))
            {
                return true;
            }
        }

        return LockFile.IsHeld(PathOf(engine), removeDead: true);
    }

    /// <inheritdoc/>
    public void Renew(EngineId engine)
    {
        lock (gate)
        {
            if (registered.TryGetValue(engine, out (HeldLock Lock, int Count) known) && !File.Exists(PathOf(engine)))
            {
                // The lock that is still held has no name any more, and a file without one cannot get it back.
                known.Lock.Dispose();
                registered[engine] = (Declare(engine), known.Count);
            }
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryBecomeDriver() => LockFile.TryLock(driver) is { } held ? new HeldLock(held, null) : null;

    /// <inheritdoc/>
    public bool HasDriver() => LockFile.IsHeld(driver);

    private HeldLock Declare(EngineId engine)
    {
        MakeFolder();

        // A file that is locked before it has its name is never seen unlocked, so that nobody takes it for one of the dead.
        string nameless = Path.Combine(engines, $"{engine.Value}.{Guid.NewGuid():N}.new");
        FileStream held = LockFile.TryLock(nameless) ?? throw new InvalidOperationException($"'{nameless}' was locked by somebody else.");
        try
        {
            File.Move(nameless, PathOf(engine));
        }
        catch
        {
            File.Delete(nameless);
            held.Dispose();
            throw;
        }

        foreach (string path in Directory.EnumerateFiles(engines, "*.lock"))
        {
            LockFile.IsHeld(path, removeDead: true);
        }

        return new(held, PathOf(engine));
    }

    private void Release(EngineId engine)
    {
        lock (gate)
        {
            (HeldLock held, int count) = registered[engine];
            if (count > 1)
            {
                registered[engine] = (held, count - 1);
            }
            else
            {
                registered.Remove(engine);
                held.Dispose();
            }
        }
    }

    private void MakeFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(engines);
            }
            else
            {
                Directory.CreateDirectory(engines, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new OctoWorkersException(
                EngineError.StoreReadOnly, $"The folder '{engines}' cannot be made: {exception.Message} Give this user the right to write it.", engines, exception);
        }
    }

    private string PathOf(EngineId engine) => Path.Combine(engines, $"{engine.Value}.lock");
}
