using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Workers.</summary>
internal static class WorkerTable
{
    internal static IReadOnlyList<WorkerRecord> All(SqliteSession session) => Read(session, null);

    internal static WorkerRecord Put(SqliteSession session, WorkerDefinition worker, bool mustBeNew)
    {
        List<long> pools = worker.Pools.Select(name => PoolTable.Find(session, name) is var pool and not 0 ? pool : throw PoolTable.NotFound(session, name)).ToList();
        long? policy = MachinePolicyTable.IdFor(session, worker.Policy);
        long id = Find(session, worker.Name);
        string connection = WorkerConnectionJson.Write(worker.Connection);
        if (id == 0)
        {
            session.Execute(
                """
                INSERT INTO workers (name, name_key, connection, tags, state, health_status, health_message, capabilities, max_steps, policy)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', '{}', ?7, ?8)
                """,
                worker.Name,
                NameKey.Of(worker.Name),
                connection,
                TextsJson.Write(worker.Tags),
                EnumText<WorkerState>.Write(worker.State),
                EnumText<HealthStatus>.Write(HealthStatus.Unknown),
                (long?)worker.MaxSteps,
                policy);
            id = session.LastId;
        }
        else if (mustBeNew)
        {
            throw Missing.NotNew("worker", worker.Name);
        }
        else
        {
            if (WorkerConnectionJson.Read(session.Text("SELECT connection FROM workers WHERE id = ?1", id)!) != worker.Connection
                || session.Scalar("SELECT count(*) FROM workers WHERE id = ?1 AND policy IS ?2", id, policy) == 0)
            {
                SetHealth(session, new(id), WorkerHealth.NeverChecked);
            }

            session.Execute(
                "UPDATE workers SET name = ?2, connection = ?3, tags = ?4, max_steps = ?5, policy = ?6 WHERE id = ?1",
                id,
                worker.Name,
                connection,
                TextsJson.Write(worker.Tags),
                (long?)worker.MaxSteps,
                policy);
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
            """
            UPDATE workers SET health_status = ?2, health_at = ?3, health_message = ?4, capabilities = ?5,
                unavailable_since = CASE WHEN ?6 THEN coalesce(unavailable_since, ?3) END
            WHERE id = ?1
            """,
            worker.Number,
            EnumText<HealthStatus>.Write(health.Status),
            health.CheckedAt.Stored(),
            health.Message,
            TextsJson.Write(health.Capabilities),
            health.Status == HealthStatus.Unavailable);

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

        Delete(session, id);
    }

    internal static bool RemoveUnavailable(SqliteSession session, WorkerId worker, DateTimeOffset since)
    {
        bool isToGo = session.Scalar(
            """
            SELECT count(*) FROM workers w
            WHERE w.id = ?1 AND w.health_status = ?2 AND w.unavailable_since <= ?3 AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.worker = w.id)
            """,
            worker.Number,
            EnumText<HealthStatus>.Write(HealthStatus.Unavailable),
            since.Stored()) != 0;
        if (isToGo)
        {
            Delete(session, worker.Number);
        }

        return isToGo;
    }

    private static void Delete(SqliteSession session, long id)
    {
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

    private static List<WorkerRecord> Read(SqliteSession session, long? only)
    {
        object?[] values = only is { } one ? [one] : [];
        string Of(string column) => only is null ? "" : $"WHERE {column} = ?1";
        ILookup<long, string> pools = session.Query(
            $"SELECT m.worker, p.name FROM pool_members m JOIN pools p ON p.id = m.pool {Of("m.worker")} ORDER BY m.position",
            static row => (Worker: row.GetInt64(0), Pool: row.GetString(1)),
            values).ToLookup(member => member.Worker, member => member.Pool);
        Dictionary<long, int> leases = session.Query(
            $"SELECT worker, count(*) FROM leases {Of("worker")} GROUP BY worker",
            static row => (Worker: row.GetInt64(0), Count: row.GetInt32(1)),
            values).ToDictionary(found => found.Worker, found => found.Count);
        return session.Query(
            $"""
            SELECT w.id, w.name, w.connection, w.tags, w.state, w.health_status, w.health_at, w.health_message, w.capabilities, w.unavailable_since, p.name,
                w.max_steps, w.drain_deadline, w.drain_cancels, w.drain_by
            FROM workers w LEFT JOIN machine_policies p ON p.id = w.policy {Of("w.id")} ORDER BY w.id
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
                    TextsJson.ReadDictionary(row.GetString(8)))
                {
                    UnavailableSince = row.OptionalTime(9),
                },
                leases.GetValueOrDefault(row.GetInt64(0)))
            {
                Policy = row.OptionalText(10) ?? MachinePolicyDefinition.DefaultName,
                MaxSteps = checked((int?)row.OptionalNumber(11)),
                Drain = row.OptionalTime(12) is { } deadline ? new(deadline, row.GetInt64(13) != 0, row.OptionalText(14) ?? "") : null,
            },
            values);
    }

    private static WorkerRecord Get(SqliteSession session, long id) => Read(session, id)[0];

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM workers WHERE name_key = ?1), 0)", NameKey.Of(name));

    private static long Require(SqliteSession session, string name)
        => Find(session, name) is var id and not 0
            ? id
            : throw Missing.Named(
                EngineError.WorkerNotFound, "worker", name, session.Query("SELECT name FROM workers ORDER BY id", static row => row.GetString(0)));
}
