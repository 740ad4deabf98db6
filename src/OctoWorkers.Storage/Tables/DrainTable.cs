using OctoWorkers.Engine.Queue;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Drains of workers whose deadline has passed, and that cancel what still runs there.</summary>
internal static class DrainTable
{
    private const string Due = "state = 'Draining' AND drain_cancels = 1 AND drain_deadline <= ?1";

    internal static bool AnyDue(SqliteSession session, DateTimeOffset at)
        => session.Scalar($"SELECT count(*) FROM workers WHERE {Due}", at.Stored()) > 0;

    internal static IReadOnlyList<DrainEnd> End(SqliteSession session, DateTimeOffset at)
    {
        List<(long Id, string Name, string By)> due = session.Query(
            $"SELECT id, name, drain_by FROM workers WHERE {Due} ORDER BY id",
            static row => (row.GetInt64(0), row.GetString(1), row.OptionalText(2) ?? ""),
            at.Stored());
        List<DrainEnd> ends = [];
        foreach ((long id, string name, string by) in due)
        {
            List<RunId> runs = session.Query(
                "SELECT DISTINCT run FROM leases WHERE worker = ?1 ORDER BY run", static row => new RunId(row.GetInt64(0)), id);
            foreach (RunId run in runs)
            {
                CancelTable.Add(session, run, by, $"worker '{name}' was drained, and its deadline has passed", at);
            }

            // Each run is asked once: a second cancel would also end steps that always run.
            session.Execute("UPDATE workers SET drain_cancels = 0 WHERE id = ?1", id);
            if (runs.Count > 0)
            {
                ends.Add(new(name, runs));
            }
        }

        return ends;
    }
}
