using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>What the journals of all runs say of collected artifacts.</summary>
internal static class ArtifactRecords
{
    /// <summary>The lengths of those that were collected, by run and number.</summary>
    internal static Dictionary<(RunId Run, int Number), long> All(SqliteSession session)
    {
        Dictionary<(RunId, int), long> all = [];
        session.Each(
            "SELECT run, kind, at, payload FROM run_events WHERE kind = 'artifactCollected' ORDER BY run, seq",
            row =>
            {
                if (RunEventJson.Read(row.GetString(1), row.Time(2), row.GetString(3)) is ArtifactCollected { Length: { } length } artifact)
                {
                    all[(new(row.GetInt64(0)), artifact.Number)] = length;
                }

                return true;
            });
        return all;
    }
}
