using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Runbooks.</summary>
internal static class RunbookTable
{
    internal static IReadOnlyList<RunbookRecord> All(SqliteSession session)
        => session.Query(
            "SELECT id, definition, changed FROM runbooks ORDER BY name_key",
            static row => new RunbookRecord(new(row.GetInt64(0)), RunbookJson.Read(row.GetString(1)), row.Time(2)));

    internal static RunbookRecord Put(SqliteSession session, RunbookDefinition runbook, DateTimeOffset at)
    {
        session.Execute(
            """
            INSERT INTO runbooks (name, name_key, definition, changed) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, definition = excluded.definition, changed = excluded.changed
            """,
            runbook.Name,
            NameKey.Of(runbook.Name),
            RunbookJson.Write(runbook),
            at.Stored());
        return new(new(Find(session, runbook.Name)), runbook, at);
    }

    /// <summary>Its runs stay, and its cursors go: a new runbook of that name has a new id.</summary>
    internal static void Remove(SqliteSession session, string name)
    {
        long id = Find(session, name);
        if (id == 0)
        {
            throw Missing.Named(
                EngineError.RunbookNotFound, "runbook", name, session.Query("SELECT name FROM runbooks ORDER BY name_key", static row => row.GetString(0)));
        }

        session.Execute("DELETE FROM pool_cursors WHERE runbook = ?1", id);
        session.Execute("DELETE FROM runbooks WHERE id = ?1", id);
    }

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM runbooks WHERE name_key = ?1), 0)", NameKey.Of(name));
}
