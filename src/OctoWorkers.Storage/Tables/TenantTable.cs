using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Tenants.</summary>
internal static class TenantTable
{
    internal static IReadOnlyList<TenantRecord> All(SqliteSession session)
        => session.Query(
            "SELECT id, name, tags, description FROM tenants ORDER BY name_key",
            static row => new TenantRecord(
                new(row.GetInt64(0)), row.GetString(1), [.. TextsJson.Read(row.GetString(2)).Select(TenantTag.Parse)], row.GetString(3)));

    internal static TenantRecord Put(SqliteSession session, TenantDefinition tenant, bool mustBeNew)
    {
        long id = Find(session, tenant.Name);
        string tags = TextsJson.Write(tenant.Tags.Select(tag => tag.ToString()));
        if (id == 0)
        {
            session.Execute(
                "INSERT INTO tenants (name, name_key, tags, description) VALUES (?1, ?2, ?3, ?4)",
                tenant.Name,
                NameKey.Of(tenant.Name),
                tags,
                tenant.Description);
            id = session.LastId;
        }
        else if (mustBeNew)
        {
            throw Missing.NotNew("tenant", tenant.Name);
        }
        else
        {
            session.Execute("UPDATE tenants SET name = ?2, tags = ?3, description = ?4 WHERE id = ?1", id, tenant.Name, tags, tenant.Description);
        }

        return new(new(id), tenant.Name, tenant.Tags, tenant.Description);
    }

    internal static void Remove(SqliteSession session, string name)
    {
        long id = Find(session, name);
        if (id == 0)
        {
            throw Missing.Named(EngineError.TenantNotFound, "tenant", name, All(session).Select(tenant => tenant.Name));
        }

        List<long> runs = session.Query(
            "SELECT id FROM runs WHERE tenant = ?1 AND ended IS NULL ORDER BY id LIMIT 20", static row => row.GetInt64(0), id);
        if (runs.Count > 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse,
                $"Tenant '{name}' cannot be removed while runs for it have not ended: {RunNames.Of(runs)}. Wait for them or cancel them.",
                name);
        }

        session.Execute("DELETE FROM tenants WHERE id = ?1", id);
    }

    private static long Find(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM tenants WHERE name_key = ?1), 0)", NameKey.Of(name));
}
