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

    /// <exception cref="OctoWorkersException"><see cref="EngineError.TenantNotFound"/>.</exception>
    internal static void Require(SqliteSession session, string name) => Named.Require(session, name);

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: no tenant has one of the tags.</exception>
    internal static void RequireTags(SqliteSession session, IReadOnlyList<TenantTag> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        TenantTag[] known = [.. All(session).SelectMany(tenant => tenant.Tags).Distinct()];
        foreach (TenantTag stray in tags.Where(tag => !known.Contains(tag)))
        {
            throw Missing.Named(EngineError.InvalidArgument, "tenant tag", stray.ToString(), known.Select(tag => tag.ToString()));
        }
    }

    internal static void Remove(SqliteSession session, string name)
    {
        InUse.ThrowIfAny(
            "tenant", name, TargetTable.All(session).Where(target => target.Tenants.Names.Contains(name, EntityName.Comparer)).Select(target => $"deployment target '{target.Name}'"));
        Named.Remove(session, name, "tenant", static scope => scope.Tenants, static _ => []);
    }
}
