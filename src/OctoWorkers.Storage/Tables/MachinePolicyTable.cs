using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Machine policies. Workers that have the default one refer to none.</summary>
internal static class MachinePolicyTable
{
    private const int MaxNames = 20;

    internal static IReadOnlyList<MachinePolicyRecord> All(SqliteSession session)
        => session.Query(
            "SELECT id, definition FROM machine_policies ORDER BY name_key",
            static row => new MachinePolicyRecord(new(row.GetInt64(0)), MachinePolicyJson.Read(row.GetString(1))));

    internal static MachinePolicyRecord Put(SqliteSession session, MachinePolicyDefinition policy, bool mustBeNew)
    {
        long id = Find(session, policy.Name);
        string definition = MachinePolicyJson.Write(policy);
        if (id == 0)
        {
            session.Execute(
                "INSERT INTO machine_policies (name, name_key, definition) VALUES (?1, ?2, ?3)", policy.Name, NameKey.Of(policy.Name), definition);
            id = session.LastId;
        }
        else if (mustBeNew)
        {
            throw Missing.NotNew("machine policy", policy.Name);
        }
        else if (session.Text("SELECT definition FROM machine_policies WHERE id = ?1", id) != definition)
        {
            session.Execute("UPDATE machine_policies SET name = ?2, definition = ?3 WHERE id = ?1", id, policy.Name, definition);
            foreach (long worker in Workers(session, policy.Name, id, static row => row.GetInt64(0)))
            {
                WorkerTable.SetHealth(session, new(worker), WorkerHealth.NeverChecked);
            }
        }

        return new(new(id), policy);
    }

    internal static void Remove(SqliteSession session, string name)
    {
        long id = Require(session, name);
        if (IsDefault(name))
        {
            throw new OctoWorkersException(
                EngineError.InUse, $"'{MachinePolicyDefinition.DefaultName}' is what workers have that name no machine policy, and cannot be removed. Change it instead.", name);
        }

        List<string> workers = Workers(session, name, id, static row => $"'{row.GetString(1)}'");
        if (workers.Count > 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse,
                $"Machine policy '{name}' is the one of {string.Join(", ", workers.Take(MaxNames))}{(workers.Count > MaxNames ? $" and {workers.Count - MaxNames} more" : "")}. "
                + "Give these workers another one first.",
                name);
        }

        session.Execute("DELETE FROM machine_policies WHERE id = ?1", id);
    }

    /// <summary>What a worker of a policy refers to.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.MachinePolicyNotFound"/>.</exception>
    internal static long? IdFor(SqliteSession session, string? name) => name is null || IsDefault(name) ? null : Require(session, name);

    private static bool IsDefault(string name) => EntityName.Comparer.Equals(name, MachinePolicyDefinition.DefaultName);

    private static List<T> Workers<T>(SqliteSession session, string name, long id, Func<SqliteRow, T> read)
        => session.Query("SELECT id, name FROM workers WHERE policy IS ?1 ORDER BY id", read, IsDefault(name) ? null : id);

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM machine_policies WHERE name_key = ?1), 0)", NameKey.Of(name));

    private static long Require(SqliteSession session, string name)
        => Find(session, name) is var id and not 0
            ? id
            : throw Missing.Named(
                EngineError.MachinePolicyNotFound, "machine policy", name,
                session.Query("SELECT name FROM machine_policies ORDER BY name_key", static row => row.GetString(0)));
}
