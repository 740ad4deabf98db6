using Microsoft.Data.Sqlite;
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
    /// <see cref="EngineError.AlreadyExists"/> when the folder has a store or artifacts; <see cref="EngineError.InUse"/> while engines live there;
    /// <see cref="EngineError.InvalidArgument"/> when the file cannot be read; <see cref="EngineError.StoreCorrupt"/> when it is no backup, or damaged;
    /// <see cref="EngineError.StoreTooNew"/>; <see cref="EngineError.StoreUnavailable"/> when the folder cannot be written.
    /// </exception>
    public static async Task<StoreRestoration> RestoreAsync(string backup, string home, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        string file = Path.GetFullPath(backup);
        string folder = Path.GetFullPath(home);
        DeadDrafts.Remove(folder);
        Require(folder);
        string draft = DeadDrafts.NewPath(folder);
        FileStream? alive = null;
        try
        {
            MakeFolder(draft);
            alive = DeadDrafts.Declare(draft);
            BackupManifest manifest = await BackupReader.ExtractAsync(file, draft, cancellationToken).ConfigureAwait(false);
            StoreRestoration restored = await Task.Run(() => RestoredStore.Prepare(draft, folder, file, manifest, time), cancellationToken).ConfigureAwait(false);
            Require(folder);
            Keep(draft, folder);
            return restored;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.StoreUnavailable, $"The store '{folder}' cannot be restored: {e.Message}", folder, e);
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Translate(e, file);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }

            alive?.Dispose();
        }
    }

    private static void Require(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string artifacts = Path.Combine(folder, BackupManifest.ArtifactFolder);
        if (Directory.EnumerateFiles(folder, $"{StoreFile.Name}*").Any() || (Directory.Exists(artifacts) && Directory.EnumerateFileSystemEntries(artifacts).Any()))
        {
            throw new OctoWorkersException(
                EngineError.AlreadyExists, $"The folder '{folder}' has a store, or artifacts of one. Restore into another folder, or move these away first.", folder);
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
        string artifacts = Path.Combine(draft, BackupManifest.ArtifactFolder);
        string target = Path.Combine(folder, BackupManifest.ArtifactFolder);
        if (Directory.Exists(artifacts))
        {
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            DeadDrafts.BringsArtifacts(draft);
            Directory.Move(artifacts, target);
        }

        try
        {
            File.Move(Path.Combine(draft, StoreFile.Name), Path.Combine(folder, StoreFile.Name), overwrite: false);
        }
        catch
        {
            if (Directory.Exists(target))
            {
                Directory.Delete(target, recursive: true);
            }

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
