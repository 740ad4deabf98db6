using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Workers.</summary>
internal static class WorkerTable
{
    internal static IReadOnlyList<WorkerRecord> All(SqliteSession session)
    {
        ILookup<long, string> pools = session.Query(
            "SELECT m.worker, p.name FROM pool_members m JOIN pools p ON p.id = m.pool ORDER BY m.position",
            static row => (Worker: row.GetInt64(0), Pool: row.GetString(1))).ToLookup(member => member.Worker, member => member.Pool);
        Dictionary<long, int> leases = session.Query(
            "SELECT worker, count(*) FROM leases GROUP BY worker",
            static row => (Worker: row.GetInt64(0), Count: row.GetInt32(1))).ToDictionary(found => found.Worker, found => found.Count);
        return session.Query(
            """
            SELECT id, name, connection, tags, state, health_status, health_at, health_message, capabilities, max_steps,
                drain_deadline, drain_cancels, drain_by FROM workers ORDER BY id
            """,
            row => new WorkerRecord(
                new(row.GetInt64(0)),
                row.GetString(1),
                WorkerConnectionJson.Read(row.GetString(2)),
                [.. pools[row.GetInt64(0)]],
                TextsJson.Read(row.GetString(3)),
                EnumText<WorkerState>.Read(row.GetString(4)),
                new(
                    EnumText<HealthStatus>.Read(row.GetString(5)),
                    row.OptionalTime(6),
                    row.GetString(7),
                    TextsJson.ReadDictionary(row.GetString(8))),
                leases.GetValueOrDefault(row.GetInt64(0)))
            {
                MaxSteps = checked((int?)row.OptionalNumber(9)),
                Drain = row.OptionalTime(10) is { } deadline ? new(deadline, row.GetInt64(11) != 0, row.OptionalText(12) ?? "") : null,
            });
    }

    internal static WorkerRecord Put(SqliteSession session, WorkerDefinition worker, bool mustBeNew)
    {
        List<long> pools = worker.Pools.Select(name => PoolTable.Find(session, name) is var pool and not 0 ? pool : throw PoolTable.NotFound(session, name)).ToList();
        long id = Find(session, worker.Name);
        string connection = WorkerConnectionJson.Write(worker.Connection);
        if (id == 0)
        {
            session.Execute(
                """
                INSERT INTO workers (name, name_key, connection, tags, state, health_status, health_message, capabilities, max_steps)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', '{}', ?7)
                """,
                worker.Name,
                NameKey.Of(worker.Name),
                connection,
                TextsJson.Write(worker.Tags),
                EnumText<WorkerState>.Write(worker.State),
                EnumText<HealthStatus>.Write(HealthStatus.Unknown),
                (long?)worker.MaxSteps);
            id = session.LastId;
        }
        else if (mustBeNew)
        {
            throw Missing.NotNew("worker", worker.Name);
        }
        else
        {
            if (WorkerConnectionJson.Read(session.Text("SELECT connection FROM workers WHERE id = ?1", id)!) != worker.Connection)
            {
                SetHealth(session, new(id), WorkerHealth.NeverChecked);
            }

            session.Execute(
                "UPDATE workers SET name = ?2, connection = ?3, tags = ?4, max_steps = ?5 WHERE id = ?1",
                id,
                worker.Name,
                connection,
                TextsJson.Write(worker.Tags),
                (long?)worker.MaxSteps);
            SetState(session, id, worker.State);
        }

        SetPools(session, id, pools);
        return Get(session, id);
    }

    internal static WorkerRecord SetState(SqliteSession session, string name, WorkerState state)
    {
        long id = Require(session, name);
        SetState(session, id, state);
        return Get(session, id);
    }

    internal static WorkerRecord Drain(SqliteSession session, string name, WorkerDrain? drain)
    {
        long id = Require(session, name);
        session.Execute(
            "UPDATE workers SET state = 'Draining', drain_deadline = ?2, drain_cancels = ?3, drain_by = ?4 WHERE id = ?1",
            id,
            (drain?.Deadline).Stored(),
            drain is { Cancels: true } ? 1L : 0L,
            drain?.By);
        return Get(session, id);
    }

    internal static void SetHealth(SqliteSession session, WorkerId worker, WorkerHealth health)
        => session.Execute(
            "UPDATE workers SET health_status = ?2, health_at = ?3, health_message = ?4, capabilities = ?5 WHERE id = ?1",
            worker.Number,
            EnumText<HealthStatus>.Write(health.Status),
            health.CheckedAt.Stored(),
            health.Message,
            TextsJson.Write(health.Capabilities));

    internal static void Remove(SqliteSession session, string name)
    {
        long id = Require(session, name);
        List<long> runs = session.Query(
            "SELECT DISTINCT run FROM leases WHERE worker = ?1 ORDER BY run LIMIT 20", static row => row.GetInt64(0), id);
        if (runs.Count > 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse,
                $"Worker '{name}' is leased by {RunNames.Of(runs)}. Drain it and wait for these runs, or cancel them.",
                name);
        }

        session.Execute("DELETE FROM pool_members WHERE worker = ?1", id);
        session.Execute("DELETE FROM pending_cleanups WHERE worker = ?1", id);
        session.Execute("DELETE FROM workers WHERE id = ?1", id);
    }

    // A worker that no longer drains has no deadline; one that still does keeps it.
    private static void SetState(SqliteSession session, long id, WorkerState state)
        => session.Execute(
            """
            UPDATE workers SET state = ?2,
                drain_deadline = CASE WHEN ?2 = 'Draining' THEN drain_deadline END,
                drain_cancels = CASE WHEN ?2 = 'Draining' THEN drain_cancels ELSE 0 END,
                drain_by = CASE WHEN ?2 = 'Draining' THEN drain_by END
            WHERE id = ?1
            """,
            id,
            EnumText<WorkerState>.Write(state));

    private static void SetPools(SqliteSession session, long worker, List<long> pools)
    {
        List<long> before = session.Query("SELECT pool FROM pool_members WHERE worker = ?1", static row => row.GetInt64(0), worker);
        foreach (long left in before.Except(pools))
        {
            session.Execute("DELETE FROM pool_members WHERE worker = ?1 AND pool = ?2", worker, left);
        }

        foreach (long entered in pools.Except(before))
        {
            session.Execute("INSERT INTO pool_members (pool, worker) VALUES (?1, ?2)", entered, worker);
        }
    }

    private static WorkerRecord Get(SqliteSession session, long id) => All(session).First(worker => worker.Id.Number == id);

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM workers WHERE name_key = ?1), 0)", NameKey.Of(name));

    private static long Require(SqliteSession session, string name)
        => Find(session, name) is var id and not 0
            ? id
            : throw Missing.Named(
                EngineError.WorkerNotFound, "worker", name, session.Query("SELECT name FROM workers ORDER BY id", static row => row.GetString(0)));
}
