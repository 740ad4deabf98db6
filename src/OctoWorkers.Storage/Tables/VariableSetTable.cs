using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Variable sets.</summary>
internal static class VariableSetTable
{
    internal static IReadOnlyList<VariableSetRecord> All(SqliteSession session)
        => session.Query(
            "SELECT id, definition FROM variable_sets ORDER BY name_key",
            static row => new VariableSetRecord(new(row.GetInt64(0)), VariableSetJson.Read(row.GetString(1))));

    internal static VariableSetRecord Put(SqliteSession session, VariableSetDefinition set)
    {
        session.Execute(
            """
            INSERT INTO variable_sets (name, name_key, definition) VALUES (?1, ?2, ?3)
            ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, definition = excluded.definition
            """,
            set.Name,
            NameKey.Of(set.Name),
            VariableSetJson.Write(set));
        return new(new(Find(session, set.Name)), set);
    }

    /// <summary>A change may also give the set another spelling of its name, but no other name. Whoever notes it has it put.</summary>
    internal static VariableSetRecord Change(
        SqliteSession session, string name, Func<VariableSetDefinition, VariableSetDefinition> change,
        Func<VariableSetDefinition, Func<VariableSetRecord>, VariableSetRecord> note)
    {
        long id = Require(session, name);
        VariableSetDefinition changed = change(VariableSetJson.Read(session.Text("SELECT definition FROM variable_sets WHERE id = ?1", id)!));
        return EntityName.Comparer.Equals(changed.Name, name)
            ? note(changed, () => Put(session, changed))
            : throw new ArgumentException($"Variable set '{name}' was changed into '{changed.Name}'.", nameof(change));
    }

    internal static void Remove(SqliteSession session, string name)
    {
        long id = Require(session, name);
        if (EntityName.Comparer.Equals(name, VariableSetDefinition.DefaultName))
        {
            throw new OctoWorkersException(
                EngineError.InUse, $"Variable set '{VariableSetDefinition.DefaultName}' is in every runbook and cannot be removed. Remove its variables instead.", name);
        }

        InUse.ThrowIfAny(
            "variable set", name, RunbookTable.All(session).Where(runbook => runbook.Definition.VariableSets.Contains(name, EntityName.Comparer)));
        session.Execute("DELETE FROM variable_sets WHERE id = ?1", id);
    }

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM variable_sets WHERE name_key = ?1), 0)", NameKey.Of(name));

    private static long Require(SqliteSession session, string name)
        => Find(session, name) is var id and not 0
            ? id
            : throw Missing.Named(
                EngineError.VariableSetNotFound, "variable set", name,
                session.Query("SELECT name FROM variable_sets ORDER BY name_key", static row => row.GetString(0)));
}
