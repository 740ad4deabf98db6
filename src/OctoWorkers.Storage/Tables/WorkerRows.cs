using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Reads the rows of machines, of either kind, with their pools and how many runs hold them.</summary>
internal static class WorkerRows
{
    /// <summary>Machines in the order in which they were added.</summary>
    /// <param name="session">The store.</param>
    /// <param name="only">The id of the only one; null: all of the kind.</param>
    /// <param name="targets">Whether they are deployment targets.</param>
    internal static List<WorkerRecord> Read(SqliteSession session, long? only, bool targets)
    {
        object?[] values = only is { } one ? [one] : [];
        string Of(string column) => only is null ? "" : $"WHERE {column} = ?1";
        Dictionary<long, IReadOnlyList<string>> pools = PoolsOf(session, Of("m.worker"), values);
        Dictionary<long, int> leases = session.Query(
            $"SELECT worker, count(*) FROM leases {Of("worker")} GROUP BY worker",
            static row => (Worker: row.GetInt64(0), Count: row.GetInt32(1)),
            values).ToDictionary(found => found.Worker, found => found.Count);
        return session.Query(
            $"""
            SELECT w.id, w.name, w.connection, w.tags, w.state, w.health_status, w.health_at, w.health_message, w.capabilities, w.unavailable_since, p.name,
                w.max_steps, w.drain_deadline, w.drain_cancels, w.drain_by
            FROM workers w LEFT JOIN machine_policies p ON p.id = w.policy
            {(only is null ? $"WHERE w.environments IS {(targets ? "NOT NULL" : "NULL")}" : "WHERE w.id = ?1")} ORDER BY w.id
            """,
            row => new WorkerRecord(
                new(row.GetInt64(0)),
                row.GetString(1),
                WorkerConnectionJson.Read(row.Utf8(2)),
                pools.GetValueOrDefault(row.GetInt64(0)) ?? [],
                TextsJson.Read(row.Utf8(3)),
                EnumText<WorkerState>.Read(row.Utf8(4)),
                new(
                    EnumText<HealthStatus>.Read(row.Utf8(5)),
                    row.OptionalTime(6),
                    row.GetString(7),
                    TextsJson.ReadDictionary(row.Utf8(8)))
                {
                    UnavailableSince = row.OptionalTime(9),
                },
                leases.GetValueOrDefault(row.GetInt64(0)))
            {
                Policy = row.OptionalText(10) ?? MachinePolicyDefinition.DefaultName,
                MaxSteps = checked((int?)row.OptionalNumber(11)),
                Drain = row.OptionalTime(12) is { } deadline ? new(deadline, row.GetInt64(13) != 0, row.OptionalText(14) ?? "") : null,
                IsTarget = targets,
            },
            values);
    }

    // Most workers are in one pool: these share a list.
    private static Dictionary<long, IReadOnlyList<string>> PoolsOf(SqliteSession session, string where, object?[] values)
    {
        Dictionary<long, (string Name, IReadOnlyList<string> Alone)> names = session.Query(
            "SELECT id, name FROM pools", static row => (Id: row.GetInt64(0), Name: row.GetString(1))).ToDictionary(
            pool => pool.Id, pool => (pool.Name, (IReadOnlyList<string>)[pool.Name]));
        Dictionary<long, IReadOnlyList<string>> pools = [];
        session.Each(
            $"SELECT m.worker, m.pool FROM pool_members m {where} ORDER BY m.position",
            row =>
            {
                (string name, IReadOnlyList<string> alone) = names[row.GetInt64(1)];
                long worker = row.GetInt64(0);
                pools[worker] = pools.TryGetValue(worker, out IReadOnlyList<string>? others) ? [.. others, name] : alone;
                return true;
            },
            values);
        return pools;
    }
}
