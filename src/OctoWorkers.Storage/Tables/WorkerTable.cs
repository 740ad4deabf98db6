using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Workers, and what machines of both kinds have in common.</summary>
internal static class WorkerTable
{
    internal static IReadOnlyList<WorkerRecord> All(SqliteSession session) => WorkerRows.Read(session, null, targets: false);

    /// <summary>The deployment targets, as machines.</summary>
    internal static IReadOnlyList<WorkerRecord> Targets(SqliteSession session) => WorkerRows.Read(session, null, targets: true);

    internal static WorkerRecord Put(SqliteSession session, WorkerDefinition worker, bool mustBeNew)
    {
        List<long> pools = worker.Pools.Select(name => PoolTable.Find(session, name) is var pool and not 0 ? pool : throw PoolTable.NotFound(session, name)).ToList();
        long id = PutMachine(
            session, worker.Name, worker.Connection, worker.Tags, worker.State, worker.Policy, worker.MaxSteps, isTarget: false, mustBeNew);
        SetPools(session, id, pools);
        return Get(session, id);
    }

    /// <summary>Adds a machine, or changes the one of that name.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>, also when the machine of that name is of the other kind.</exception>
    internal static long PutMachine(
        SqliteSession session, string name, WorkerConnection connection, IReadOnlyList<string> tags, WorkerState state, string? policyName, int? maxSteps, bool isTarget, bool mustBeNew)
    {
        long? policy = MachinePolicyTable.IdFor(session, policyName);
        long id = session.Scalar("SELECT coalesce((SELECT id FROM workers WHERE name_key = ?1), 0)", NameKey.Of(name));
        string stored = WorkerConnectionJson.Write(connection);
        if (id == 0)
        {
            session.Execute(
                """
                INSERT INTO workers (name, name_key, connection, tags, state, health_status, health_message, capabilities, max_steps, policy)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', '{}', ?7, ?8)
                """,
                name,
                NameKey.Of(name),
                stored,
                TextsJson.Write(tags),
                EnumText<WorkerState>.Write(state),
                EnumText<HealthStatus>.Write(HealthStatus.Unknown),
                (long?)maxSteps,
                policy);
            return session.LastId;
        }

        if (session.Scalar("SELECT environments IS NOT NULL FROM workers WHERE id = ?1", id) != (isTarget ? 1 : 0))
        {
            throw Missing.NotNew(isTarget ? "worker" : "deployment target", name);
        }

        if (mustBeNew)
        {
            throw Missing.NotNew(isTarget ? "deployment target" : "worker", name);
        }

        if (WorkerConnectionJson.Read(session.Text("SELECT connection FROM workers WHERE id = ?1", id)!) != connection
            || session.Scalar("SELECT count(*) FROM workers WHERE id = ?1 AND policy IS ?2", id, policy) == 0)
        {
            SetHealth(session, new(id), WorkerHealth.NeverChecked);
        }

        session.Execute(
            "UPDATE workers SET name = ?2, connection = ?3, tags = ?4, max_steps = ?5, policy = ?6 WHERE id = ?1",
            id,
            name,
            stored,
            TextsJson.Write(tags),
            (long?)maxSteps,
            policy);
        SetState(session, id, state);
        return id;
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

    internal static void SetCheckedHealth(SqliteSession session, WorkerRecord worker, WorkerHealth health)
    {
        if (WorkerRows.Read(session, worker.Id.Number, worker.IsTarget) is [var now] && now.Connection == worker.Connection && EntityName.Comparer.Equals(now.Policy, worker.Policy))
        {
            SetHealth(session, worker.Id, health);
        }
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
        if (RunsOn(session, id) is { Count: > 0 } runs)
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

    /// <summary>The first runs that hold a machine.</summary>
    internal static List<long> RunsOn(SqliteSession session, long id)
        => session.Query("SELECT DISTINCT run FROM leases WHERE worker = ?1 ORDER BY run LIMIT 20", static row => row.GetInt64(0), id);

    internal static void Delete(SqliteSession session, long id)
    {
        session.Execute("DELETE FROM pool_members WHERE worker = ?1", id);
        session.Execute("DELETE FROM pending_cleanups WHERE worker = ?1", id);
        session.Execute("DELETE FROM workers WHERE id = ?1", id);
    }

    /// <summary>A worker that no longer drains has no deadline; one that still does keeps it.</summary>
    internal static void SetState(SqliteSession session, long id, WorkerState state)
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

    private static WorkerRecord Get(SqliteSession session, long id) => WorkerRows.Read(session, id, targets: false)[0];

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM workers WHERE name_key = ?1 AND environments IS NULL), 0)", NameKey.Of(name));

    private static long Require(SqliteSession session, string name)
        => Find(session, name) is var id and not 0
            ? id
            : throw Missing.Named(
                EngineError.WorkerNotFound, "worker", name, session.Query("SELECT name FROM workers WHERE environments IS NULL ORDER BY id", static row => row.GetString(0)));
}
