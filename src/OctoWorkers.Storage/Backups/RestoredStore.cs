using System.Globalization;
using System.Security.Cryptography;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Storage.Sqlite;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage.Backups;

/// <summary>Makes the file of a backup fit to be a store of its own.</summary>
internal static class RestoredStore
{
    /// <summary>Checks it, brings it to this version, and settles what cannot go on.</summary>
    /// <param name="draft">The folder of what was extracted.</param>
    /// <param name="folder">The folder where the store will be.</param>
    /// <param name="backup">The backup's file, for messages.</param>
    /// <param name="manifest">What the backup says of itself.</param>
    /// <param name="time">The clock.</param>
    internal static StoreRestoration Prepare(string draft, string folder, string backup, BackupManifest manifest, TimeProvider time)
    {
        string file = Path.Combine(draft, StoreFile.Name);
        try
        {
            return Prepare(draft, file, folder, backup, manifest, time);
        }
        catch (Exception e) when (SqliteFailure.Translate(e, file) is OctoWorkersException failure)
        {
            // The draft is nobody's store: what is wrong is wrong with the backup.
            throw failure.Error switch
            {
                EngineError.StoreCorrupt => DamagedBackup.Of(backup, $"of the store in it: {(failure.InnerException ?? failure).Message}", e),
                EngineError.StoreTooNew => new OctoWorkersException(
                    EngineError.StoreTooNew, $"The backup '{backup}' was written by a newer version of this program. Use that one for it.", backup, e),
                _ => failure,
            };
        }
    }

    private static StoreRestoration Prepare(string draft, string file, string folder, string backup, BackupManifest manifest, TimeProvider time)
    {
        using SqliteSession session = StoreFile.Open(file, out _, out _);
        string[] damage = [.. session.Query("PRAGMA integrity_check", static row => row.GetString(0)).Where(line => line != "ok")];
        if (damage.Length > 0)
        {
            throw DamagedBackup.Of(backup, $"of the store in it: {string.Join("; ", damage.Take(5))}");
        }

        session.Execute("PRAGMA synchronous = FULL");
        session.Execute("BEGIN IMMEDIATE");
        IReadOnlyList<RunId> ended = Settle(session, manifest, time.GetUtcNow());
        session.Execute("COMMIT");
        HashSet<RunId> runs = [.. session.Query("SELECT id FROM runs", static row => new RunId(row.GetInt64(0)))];
        int artifacts = KeepArtifacts(Path.Combine(draft, BackupManifest.ArtifactFolder), runs);
        int secrets = SealedTexts.Count(session).Values.Sum();

        // All of it in the one file, which is moved alone.
        session.Execute("PRAGMA journal_mode = DELETE");
        return new(folder, manifest.Created, runs.Count, artifacts, secrets, ended) { Packages = manifest.Packages, IsVerified = manifest.Files is not null };
    }

    private static List<RunId> Settle(SqliteSession session, BackupManifest manifest, DateTimeOffset now)
    {
        string error = string.Create(
            CultureInfo.InvariantCulture, $"The store was restored from a backup of {manifest.Created:u}. What became of this run after that is not known.");
        List<RunId> ended = [];
        foreach (RunRecord run in RunTable.Unfinished(session))
        {
            JournalTable.Commit(session, new(run.Id, run.FencingToken) { Events = AbandonedRun.End(run, JournalTable.Read(session, run.Id), error, now), At = now }, []);
            ended.Add(run.Id);
        }

        // What the store's workers have is another store's from now on.
        session.Execute("UPDATE meta SET value = ?1 WHERE name = 'key'", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        session.Execute("DELETE FROM pending_cleanups");
        return ended;
    }

    private static int KeepArtifacts(string folder, HashSet<RunId> runs)
    {
        int count = 0;
        foreach (DirectoryInfo run in new DirectoryInfo(folder) is { Exists: true } all ? all.EnumerateDirectories() : [])
        {
            if (RunId.TryParse(run.Name, out RunId id) && runs.Contains(id))
            {
                count += run.EnumerateFiles().Count();
            }
            else
            {
                run.Delete(recursive: true);
            }
        }

        return count;
    }
}
