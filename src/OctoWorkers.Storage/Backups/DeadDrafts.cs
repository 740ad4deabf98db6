using OctoWorkers.Storage.Registry;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Backups;

/// <summary>
/// What a restore works on until its store is whole: a folder beside it, with a file that is locked for as long as the process lives. One whose process has died is
/// removed by the next restore, and artifacts and packages that it had brought to their place already with it.
/// </summary>
internal static class DeadDrafts
{
    private const string Prefix = ".restore-";
    private const string LockName = "alive.lock";

    /// <summary>The path of a new one.</summary>
    internal static string NewPath(string folder) => Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}");

    /// <summary>Declares a draft alive until the result is disposed, or the process dies.</summary>
    internal static FileStream? Declare(string draft) => LockFile.TryLock(Path.Combine(draft, LockName));

    /// <summary>Notes that a folder of a draft is about to be brought to its place.</summary>
    internal static void Brings(string draft, string name) => File.Create(NoteOf(draft, name)).Dispose();

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

    // It had brought a folder to its place where it says so and has none any more; without the store's file, which comes last, that is nobody's.
    private static void Remove(string folder, string draft)
    {
        bool hasStore = !File.Exists(Path.Combine(draft, StoreFile.Name)) || File.Exists(Path.Combine(folder, StoreFile.Name));
        foreach (string name in hasStore ? [] : BackupManifest.Folders)
        {
            string target = Path.Combine(folder, name);
            if (File.Exists(NoteOf(draft, name)) && !Directory.Exists(Path.Combine(draft, name)) && Directory.Exists(target))
            {
                Directory.Delete(target, recursive: true);
            }
        }

        Directory.Delete(draft, recursive: true);
    }

    private static string NoteOf(string draft, string name) => Path.Combine(draft, $"{name}.moved");
}
