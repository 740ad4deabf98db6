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

    /// <summary>A deployment target is held as a worker is, by its own id instead of a lease key and from no pool.</summary>
    internal static void Add(SqliteSession session, RunId run, PlannedTarget target, DateTimeOffset since)
        => session.Execute(
            "INSERT INTO leases (run, key, pool, worker, worker_name, since) VALUES (?1, ?2, 0, ?3, ?4, ?5)",
            run.Number,
            target.Target.ToString(),
            target.Target.Number,
            target.Name,
            since.Stored());

    internal static void End(SqliteSession session, RunId run) => session.Execute("DELETE FROM leases WHERE run = ?1", run.Number);

    internal static void End(SqliteSession session, RunId run, LeaseKey key, WorkerId worker)
        => session.Execute("DELETE FROM leases WHERE run = ?1 AND key = ?2 AND worker = ?3", run.Number, key.Text, worker.Number);
}
