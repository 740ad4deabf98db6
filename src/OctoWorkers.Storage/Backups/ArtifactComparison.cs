using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Storage.Sqlite;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage.Backups;

/// <summary>
/// Compares the files of artifacts with what the journals say. Files are listed before and after the journals are read: what comes or goes meanwhile, as runs
/// end and are removed, is no damage.
/// </summary>
internal static class ArtifactComparison
{
    internal static async Task<IReadOnlyList<string>> FindAsync(SqliteReaders readers, IArtifactStore artifacts, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredArtifactFile> before = artifacts.List();
        (Dictionary<(RunId Run, int Number), long> records, Dictionary<RunId, bool> hasEnded) = await readers
            .ReadAsync(session => (ArtifactRecords.All(session), Runs(session)), cancellationToken).ConfigureAwait(false);
        ILookup<(RunId Run, int? Number), StoredArtifactFile> after = artifacts.List().ToLookup(file => (file.Run, file.Number));
        Dictionary<RunId, bool> left = await readers.ReadAsync(Runs, cancellationToken).ConfigureAwait(false);
        List<string> found = [];
        foreach (StoredArtifactFile file in before.Where(file => hasEnded.GetValueOrDefault(file.Run, true) && after[(file.Run, file.Number)].Any(same => same.Path == file.Path)))
        {
            if (!hasEnded.ContainsKey(file.Run))
            {
                found.Add($"The file '{file.Path}' is of {file.Run}, which is missing.");
            }
            else if (file.Number is not { } number || !records.ContainsKey((file.Run, number)))
            {
                found.Add($"The file '{file.Path}' is no artifact of {file.Run}.");
            }
        }

        foreach (((RunId run, int number), long length) in records.Where(record => left.ContainsKey(record.Key.Run)))
        {
            if (after[(run, number)].FirstOrDefault() is not { } file)
            {
                found.Add($"The artifact {number} of {run} has no file.");
            }
            else if (file.Length != length)
            {
                found.Add($"The artifact {number} of {run} has {length} bytes, and its file '{file.Path}' has {file.Length}.");
            }
        }

        return found;
    }

    private static Dictionary<RunId, bool> Runs(SqliteSession session)
        => session.Query("SELECT id, ended IS NOT NULL FROM runs", static row => (Run: new RunId(row.GetInt64(0)), HasEnded: row.GetInt64(1) != 0))
            .ToDictionary(run => run.Run, run => run.HasEnded);
}
