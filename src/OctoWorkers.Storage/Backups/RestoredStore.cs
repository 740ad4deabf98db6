using System.Globalization;
using System.Security.Cryptography;
using OctoWorkers.Engine.Journal;
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
        using SqliteSession session = StoreFile.Open(Path.Combine(draft, StoreFile.Name), out _, out _);
        string[] damage = [.. session.Query("PRAGMA integrity_check", static row => row.GetString(0)).Where(line => line != "ok")];
        if (damage.Length > 0)
        {
            throw new OctoWorkersException(
                EngineError.StoreCorrupt, $"The store in the backup '{backup}' is damaged: {string.Join("; ", damage.Take(5))}. Use another backup.", backup);
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
        return new(folder, manifest.Created, runs.Count, artifacts, secrets, ended) { Packages = manifest.Packages };
    }

    private static List<RunId> Settle(SqliteSession session, BackupManifest manifest, DateTimeOffset now)
    {
        string error = string.Create(
            CultureInfo.InvariantCulture, $"The store was restored from a backup of {manifest.Created:u}. What became of this run after that is not known.");
        List<RunId> ended = [];
        foreach (RunRecord run in RunTable.Unfinished(session))
        {
            JournalTable.Commit(session, new(run.Id, run.FencingToken) { Events = [.. End(run, JournalTable.Read(session, run.Id), error, now)], At = now }, []);
            ended.Add(run.Id);
        }

        // What the store's workers have is another store's from now on.
        session.Execute("UPDATE meta SET value = ?1 WHERE name = 'key'", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        session.Execute("DELETE FROM pending_cleanups");
        return ended;
    }

    private static IEnumerable<RunEvent> End(RunRecord run, IReadOnlyList<RunEvent> events, string error, DateTimeOffset now)
    {
        HashSet<(int, int)> over = [.. events.OfType<AttemptEnded>().Select(attempt => (attempt.Step, attempt.Attempt))];
        foreach (AttemptIntended attempt in events.OfType<AttemptIntended>().Where(attempt => !over.Contains((attempt.Step, attempt.Attempt))))
        {
            yield return new AttemptEnded(attempt.Step, attempt.Attempt, AttemptOutcome.Unknown, null, error, null) { At = now };
        }

        HashSet<int> done = [.. events.OfType<StepEnded>().Select(step => step.Step)];
        foreach (int step in events.OfType<AttemptIntended>().Select(attempt => attempt.Step).Distinct().Where(step => !done.Contains(step)))
        {
            yield return new StepEnded(step, StepStatus.Unknown, error) { At = now };
        }

        yield return new RunEnded(run.Status == RunStatus.Executing ? RunStatus.Failed : RunStatus.Canceled, error) { At = now };
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
