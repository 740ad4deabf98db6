using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Active leases.</summary>
internal static class LeaseTable
{
    internal static IReadOnlyList<WorkerLease> All(SqliteSession session)
        => session.Query(
            "SELECT run, key, worker, worker_name, since FROM leases ORDER BY id",
            static row => new WorkerLease(new(row.GetInt64(0)), new(row.GetString(1)), new(row.GetInt64(2)), row.GetString(3), row.Time(4)));

    internal static void Add(SqliteSession session, RunId run, WorkerDraw draw, DateTimeOffset since)
        => session.Execute(
            "INSERT INTO leases (run, key, pool, worker, worker_name, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            run.Number,
            draw.Key.Text,
            draw.Pool.Number,
            draw.Worker.Number,
            draw.WorkerName,
            since.Stored());

    internal static void End(SqliteSession session, RunId run) => session.Execute("DELETE FROM leases WHERE run = ?1", run.Number);

    internal static void End(SqliteSession session, RunId run, LeaseKey key, WorkerId worker)
        => session.Execute("DELETE FROM leases WHERE run = ?1 AND key = ?2 AND worker = ?3", run.Number, key.Text, worker.Number);
}
