using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Script modules.</summary>
internal static class ScriptModuleTable
{
    internal static IReadOnlyList<ScriptModule> All(SqliteSession session)
        => session.Query("SELECT definition FROM script_modules ORDER BY name_key", static row => ScriptModuleJson.Read(row.GetString(0)));

    internal static void Put(SqliteSession session, ScriptModule module)
        => session.Execute(
            """
            INSERT INTO script_modules (name, name_key, definition) VALUES (?1, ?2, ?3)
            ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, definition = excluded.definition
            """,
            module.Name,
            NameKey.Of(module.Name),
            ScriptModuleJson.Write(module));

    internal static void Remove(SqliteSession session, string name)
    {
        if (session.Scalar("SELECT count(*) FROM script_modules WHERE name_key = ?1", NameKey.Of(name)) == 0)
        {
            throw Missing.Named(
                EngineError.ScriptModuleNotFound, "script module", name,
                session.Query("SELECT name FROM script_modules ORDER BY name_key", static row => row.GetString(0)));
        }

        InUse.ThrowIfAny("script module", name, RunbookTable.All(session).Where(runbook => Uses(runbook.Definition, name)));
        session.Execute("DELETE FROM script_modules WHERE name_key = ?1", NameKey.Of(name));
    }

    private static bool Uses(RunbookDefinition runbook, string name)
        => runbook.Steps.Any(step => step.Action is ScriptAction script && script.Modules.Contains(name, EntityName.Comparer));
}
