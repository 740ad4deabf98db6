using OctoWorkers.Storage.Registry;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Backups;

/// <summary>Makes a store of a backup, in a folder that has none.</summary>
public static class StoreRestore
{
    /// <summary>
    /// Restores. The store is there whole or not at all. It has a new key, so that nothing on workers is taken for its own; runs that had not ended are ended, since
    /// nobody knows what became of them after the backup.
    /// </summary>
    /// <param name="backup">The backup's file.</param>
    /// <param name="home">The store's folder; it is made when it is not there.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up; no store is left.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.AlreadyExists"/> when the folder has a store or artifacts, or packages where the backup has some; <see cref="EngineError.InUse"/> while engines live there;
    /// <see cref="EngineError.InvalidArgument"/> when the file cannot be read; <see cref="EngineError.StoreCorrupt"/> when it is no backup, or damaged;
    /// <see cref="EngineError.StoreTooNew"/>; <see cref="EngineError.StoreUnavailable"/> when the folder cannot be written.
    /// </exception>
    public static async Task<StoreRestoration> RestoreAsync(string backup, string home, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        string file = Path.GetFullPath(backup);
        string folder = Path.GetFullPath(home);
        if (File.Exists(folder))
        {
            throw new OctoWorkersException(EngineError.StoreUnavailable, $"'{folder}' is a file. Name a folder for the store.", folder);
        }

        DeadDrafts.Remove(folder);
        Require(folder, [BackupManifest.ArtifactFolder]);
        string draft = DeadDrafts.NewPath(folder);
        FileStream? alive = null;
        bool isNew = !Directory.Exists(folder);
        try
        {
            MakeFolder(folder);
            MakeFolder(draft);
            alive = DeadDrafts.Declare(draft);
            BackupManifest manifest = await new BackupReader(file, draft).ReadAsync(cancellationToken).ConfigureAwait(false);
            StoreRestoration restored = await Task.Run(() => RestoredStore.Prepare(draft, folder, file, manifest, time), cancellationToken).ConfigureAwait(false);
            Require(folder, [BackupManifest.ArtifactFolder, .. BackupManifest.Folders.Where(name => Directory.Exists(Path.Combine(draft, name)))]);
            Keep(draft, folder);
            isNew = false;
            return restored;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.StoreUnavailable, $"The store '{folder}' cannot be restored: {e.Message}", folder, e);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }

            alive?.Dispose();
            if (isNew && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }

    /// <summary>Reads a backup, checks that all of it is as it was written, and makes nothing of it.</summary>
    /// <param name="backup">The backup's file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether each file in it could be checked: a backup of an earlier version has no checksums of its files.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InvalidArgument"/> when the file cannot be read; <see cref="EngineError.StoreCorrupt"/> when it is no backup, or damaged;
    /// <see cref="EngineError.StoreTooNew"/>.
    /// </exception>
    public static async Task<bool> CheckAsync(string backup, CancellationToken cancellationToken)
    {
        string file = Path.GetFullPath(backup);
        try
        {
            return (await new BackupReader(file, folder: null).ReadAsync(cancellationToken).ConfigureAwait(false)).Files is not null;
        }
        catch (IOException e)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"The backup '{file}' cannot be read: {e.Message}", file, e);
        }
    }

    private static void Require(string folder, IEnumerable<string> names)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (Directory.EnumerateFiles(folder, $"{StoreFile.Name}*").Any()
            || names.Select(name => Path.Combine(folder, name)).Any(path => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new OctoWorkersException(
                EngineError.AlreadyExists, $"The folder '{folder}' has a store, or artifacts or packages of one. Restore into another folder, or move these away first.", folder);
        }

        string engines = Path.Combine(folder, "engines");
        if (LockFile.IsHeld(Path.Combine(folder, "driver.lock"))
            || (Directory.Exists(engines) && Directory.EnumerateFiles(engines, "*.lock").Any(path => LockFile.IsHeld(path))))
        {
            throw new OctoWorkersException(
                EngineError.InUse, $"Processes that drive runs of a store in '{folder}' are alive, although its file is gone. End them first.", folder);
        }
    }

    // The store's file comes last: before it is there, nothing is a store.
    private static void Keep(string draft, string folder)
    {
        List<string> moved = [];
        try
        {
            foreach (string name in BackupManifest.Folders.Where(name => Directory.Exists(Path.Combine(draft, name))))
            {
                string target = Path.Combine(folder, name);
                if (Directory.Exists(target))
                {
                    Directory.Delete(target);
                }

                DeadDrafts.Brings(draft, name);
                Directory.Move(Path.Combine(draft, name), target);
                moved.Add(target);
            }

            File.Move(Path.Combine(draft, StoreFile.Name), Path.Combine(folder, StoreFile.Name), overwrite: false);
        }
        catch
        {
            moved.ForEach(target => Directory.Delete(target, recursive: true));
            throw;
        }
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
