using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Worker pools, their members and their cursors.</summary>
internal static class PoolTable
{
    internal static IReadOnlyList<WorkerPoolRecord> All(SqliteSession session)
    {
        Dictionary<long, List<PoolMember>> members = [];
        session.Each(
            "SELECT pool, worker, position FROM pool_members ORDER BY position",
            row =>
            {
                if (!members.TryGetValue(row.GetInt64(0), out List<PoolMember>? list))
                {
                    members.Add(row.GetInt64(0), list = []);
                }

                list.Add(new(new(row.GetInt64(1)), row.GetInt64(2)));
                return true;
            });
        return session.Query(
            "SELECT id, name, description, is_default, policy, max_steps FROM pools ORDER BY id",
            row => new WorkerPoolRecord(
                new(row.GetInt64(0)),
                row.GetString(1),
                row.GetString(2),
                row.GetInt64(3) != 0,
                members.TryGetValue(row.GetInt64(0), out List<PoolMember>? list) ? list : [])
            {
                Policy = EnumText<PoolPolicy>.Read(row.GetString(4)), MaxSteps = checked((int?)row.OptionalNumber(5)),
            });
    }

    internal static WorkerPoolRecord Put(SqliteSession session, WorkerPoolDefinition pool, bool mustBeNew)
    {
        long id = Find(session, pool.Name);
        if (id == 0)
        {
            session.Execute(
                "INSERT INTO pools (name, name_key, description, is_default, policy, max_steps) VALUES (?1, ?2, ?3, 0, ?4, ?5)",
                pool.Name,
                NameKey.Of(pool.Name),
                pool.Description,
                EnumText<PoolPolicy>.Write(pool.Policy),
                (long?)pool.MaxSteps);
            id = session.LastId;
        }
        else if (mustBeNew)
        {
            throw Missing.NotNew("worker pool", pool.Name);
        }
        else
        {
            session.Execute(
                "UPDATE pools SET name = ?2, description = ?3, policy = ?4, max_steps = ?5 WHERE id = ?1",
                id,
                pool.Name,
                pool.Description,
                EnumText<PoolPolicy>.Write(pool.Policy),
                (long?)pool.MaxSteps);
        }

        if (pool.IsDefault)
        {
            session.Execute("UPDATE pools SET is_default = 0 WHERE is_default = 1 AND id <> ?1", id);
            session.Execute("UPDATE pools SET is_default = 1 WHERE id = ?1", id);
        }

        return All(session).First(record => record.Id.Number == id);
    }

    internal static void Remove(SqliteSession session, string name)
    {
        long id = Find(session, name);
        if (id == 0)
        {
            throw NotFound(session, name);
        }

        if (session.Scalar("SELECT is_default FROM pools WHERE id = ?1", id) != 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse, $"Worker pool '{name}' is the default and cannot be removed. Make another pool the default first.", name);
        }

        List<long> runs = session.Query(
            "SELECT DISTINCT run FROM leases WHERE pool = ?1 ORDER BY run LIMIT 20", static row => row.GetInt64(0), id);
        if (runs.Count > 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse, $"Worker pool '{name}' has workers leased by {RunNames.Of(runs)}. Wait for these runs or cancel them.", name);
        }

        List<string> only = session.Query(
            """
            SELECT w.name FROM workers w JOIN pool_members m ON m.worker = w.id
            WHERE m.pool = ?1 AND (SELECT count(*) FROM pool_members o WHERE o.worker = w.id) = 1 ORDER BY w.id LIMIT 20
            """,
            static row => row.GetString(0),
            id);
        if (only.Count > 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse,
                $"Worker pool '{name}' is the only pool of {string.Join(", ", only.Select(worker => $"'{worker}'"))}. Move or remove these workers first.",
                name);
        }

        session.Execute("DELETE FROM pool_members WHERE pool = ?1", id);
        session.Execute("DELETE FROM pool_cursors WHERE pool = ?1", id);
        session.Execute("DELETE FROM pools WHERE id = ?1", id);
    }

    /// <summary>The id of a pool; 0 when there is none.</summary>
    internal static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM pools WHERE name_key = ?1), 0)", NameKey.Of(name));

    internal static OctoWorkersException NotFound(SqliteSession session, string name)
        => Missing.Named(EngineError.WorkerPoolNotFound, "worker pool", name, session.Query("SELECT name FROM pools ORDER BY id", static row => row.GetString(0)));

    internal static IReadOnlyDictionary<WorkerPoolId, PoolCursor> Cursors(SqliteSession session, RunbookId runbook)
        => session.Query(
            "SELECT pool, worker, worker_name, position FROM pool_cursors WHERE runbook = ?1",
            static row => (Pool: new WorkerPoolId(row.GetInt64(0)), Cursor: new PoolCursor(new(row.GetInt64(1)), row.GetString(2), row.GetInt64(3))),
            runbook.Number).ToDictionary(found => found.Pool, found => found.Cursor);

    internal static void MoveCursor(SqliteSession session, WorkerPoolId pool, RunbookId runbook, PoolCursor cursor)
        => session.Execute(
            """
            INSERT INTO pool_cursors (pool, runbook, worker, worker_name, position) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (pool, runbook) DO UPDATE SET worker = excluded.worker, worker_name = excluded.worker_name, position = excluded.position
            """,
            pool.Number,
            runbook.Number,
            cursor.Worker.Number,
            cursor.WorkerName,
            cursor.Position);
}
