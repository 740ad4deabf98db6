using OctoWorkers.Storage.Registry;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Backups;

/// <summary>
/// What a restore works on until its store is whole: a folder beside it, with a file that is locked for as long as the process lives. One whose process has died is
/// removed by the next restore, and artifacts that it had brought to their place already with it.
/// </summary>
internal static class DeadDrafts
{
    private const string Prefix = ".restore-";
    private const string LockName = "alive.lock";
    private const string BringingName = "artifacts.moved";

    /// <summary>The path of a new one.</summary>
    internal static string NewPath(string folder) => Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}");

    /// <summary>Declares a draft alive until the result is disposed, or the process dies.</summary>
    internal static FileStream? Declare(string draft) => LockFile.TryLock(Path.Combine(draft, LockName));

    /// <summary>Notes that the artifacts of a draft are about to be brought to their place.</summary>
    internal static void BringsArtifacts(string draft) => File.Create(Path.Combine(draft, BringingName)).Dispose();

    /// <summary>Removes those of the dead from a folder.</summary>
    internal static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string draft in Directory.EnumerateDirectories(folder, $"{Prefix}*").ToArray())
        {
            string declaration = Path.Combine(draft, LockName);

            // One without a declaration is about to be declared, or its process died before it did anything.
            if (File.Exists(declaration) && !LockFile.IsHeld(declaration))
            {
                Remove(folder, draft);
            }
        }
    }

    // It had brought artifacts to their place where it says so and has none any more; without the store's file, which comes last, they are nobody's.
    private static void Remove(string folder, string draft)
    {
        string artifacts = Path.Combine(folder, BackupManifest.ArtifactFolder);
        bool hasBrought = File.Exists(Path.Combine(draft, BringingName)) && !Directory.Exists(Path.Combine(draft, BackupManifest.ArtifactFolder));
        if (hasBrought && File.Exists(Path.Combine(draft, StoreFile.Name)) && !File.Exists(Path.Combine(folder, StoreFile.Name)) && Directory.Exists(artifacts))
        {
            Directory.Delete(artifacts, recursive: true);
        }

        Directory.Delete(draft, recursive: true);
    }
}
