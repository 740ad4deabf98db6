using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Tenants.</summary>
internal static class TenantTable
{
    private static readonly NamedTable Named = new("tenants", "tenant", EngineError.TenantNotFound);

    internal static IReadOnlyList<TenantRecord> All(SqliteSession session)
        => session.Query(
            "SELECT id, name, tags, description FROM tenants ORDER BY name_key",
            static row => new TenantRecord(
                new(row.GetInt64(0)), row.GetString(1), [.. TextsJson.Read(row.GetString(2)).Select(TenantTag.Parse)], row.GetString(3)));

    internal static TenantRecord Put(SqliteSession session, TenantDefinition tenant, bool mustBeNew)
    {
        string tags = TextsJson.Write(tenant.Tags.Select(tag => tag.ToString()));
        long id = Named.Put(session, tenant.Name, mustBeNew, ("tags", tags), ("description", tenant.Description));
        return new(new(id), tenant.Name, tenant.Tags, tenant.Description);
    }

    internal static void Remove(SqliteSession session, string name)
        => Named.Remove(session, name, "tenant", static scope => scope.Tenants, static _ => []);
}
