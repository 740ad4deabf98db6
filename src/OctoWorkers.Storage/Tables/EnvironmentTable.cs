using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Environments.</summary>
internal static class EnvironmentTable
{
    internal static IReadOnlyList<EnvironmentRecord> All(SqliteSession session)
        => session.Query(
            "SELECT id, name, description, guided_failure FROM environments ORDER BY id",
            static row => new EnvironmentRecord(new(row.GetInt64(0)), row.GetString(1), row.GetString(2))
            {
                GuidedFailure = EnumText<GuidedFailureMode>.Read(row.GetString(3)),
            });

    internal static EnvironmentRecord Put(SqliteSession session, EnvironmentDefinition environment, bool mustBeNew)
    {
        long id = Find(session, environment.Name);
        if (id == 0)
        {
            session.Execute(
                "INSERT INTO environments (name, name_key, description, guided_failure) VALUES (?1, ?2, ?3, ?4)",
                environment.Name,
                NameKey.Of(environment.Name),
                environment.Description,
                EnumText<GuidedFailureMode>.Write(environment.GuidedFailure));
            id = session.LastId;
        }
        else if (mustBeNew)
        {
            throw Missing.NotNew("environment", environment.Name);
        }
        else
        {
            session.Execute(
                "UPDATE environments SET name = ?2, description = ?3, guided_failure = ?4 WHERE id = ?1",
                id,
                environment.Name,
                environment.Description,
                EnumText<GuidedFailureMode>.Write(environment.GuidedFailure));
        }

        return new(new(id), environment.Name, environment.Description) { GuidedFailure = environment.GuidedFailure };
    }

    internal static void Remove(SqliteSession session, string name)
    {
        long id = Find(session, name);
        if (id == 0)
        {
            throw Missing.Named(EngineError.EnvironmentNotFound, "environment", name, All(session).Select(environment => environment.Name));
        }

        List<long> runs = session.Query(
            "SELECT id FROM runs WHERE environment = ?1 AND ended IS NULL ORDER BY id LIMIT 20", static row => row.GetInt64(0), id);
        if (runs.Count > 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse,
                $"Environment '{name}' cannot be removed while runs in it have not ended: {RunNames.Of(runs)}. Wait for them or cancel them.",
                name);
        }

        session.Execute("DELETE FROM environments WHERE id = ?1", id);
    }

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM environments WHERE name_key = ?1), 0)", NameKey.Of(name));
}
