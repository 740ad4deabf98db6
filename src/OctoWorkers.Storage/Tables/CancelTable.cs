using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Cancels that were asked for.</summary>
internal static class CancelTable
{
    /// <summary>False when the run has ended, so that nothing was added.</summary>
    internal static bool Add(SqliteSession session, RunId run, string by, string reason, DateTimeOffset at)
    {
        if (RunTable.GetState(session, run).HasEnded)
        {
            return false;
        }

        session.Execute("INSERT INTO cancel_requests (run, by, reason, at) VALUES (?1, ?2, ?3, ?4)", run.Number, by, reason, at.Stored());
        return true;
    }

    internal static IReadOnlyList<CancelRequest> For(SqliteSession session, EngineId owner)
        => session.Query(
            """
            SELECT c.id, c.run, c.by, c.reason FROM cancel_requests c JOIN runs r ON r.id = c.run
            WHERE r.owner = ?1 AND r.ended IS NULL ORDER BY c.id
            """,
            static row => new CancelRequest(row.GetInt64(0), new(row.GetInt64(1)), row.GetString(2), row.GetString(3)),
            owner.Value);

    internal static void Forget(SqliteSession session, RunId run) => session.Execute("DELETE FROM cancel_requests WHERE run = ?1", run.Number);
}
