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

    /// <summary>A name as it was declared.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TenantNotFound"/>.</exception>
    internal static string Declared(SqliteSession session, string name) => Named.Declared(session, name);

    /// <summary>Tags as tenants have them, in whatever case they are asked for.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="others">Tags that are taken as they are where no tenant has them.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: no tenant has one of the tags.</exception>
    internal static IReadOnlyList<TenantTag> Declared(SqliteSession session, IReadOnlyList<TenantTag> tags, IReadOnlyList<TenantTag> others)
    {
        if (tags.Count == 0)
        {
            return tags;
        }

        TenantTag[] known = [.. All(session).SelectMany(tenant => tenant.Tags).Distinct()];
        Dictionary<TenantTag, TenantTag> declared = known.Union(others).ToDictionary(tag => tag);
        return [.. tags.Select(tag => declared.TryGetValue(tag, out TenantTag found) ? found
            : throw Missing.Named(EngineError.InvalidArgument, "tenant tag", tag.ToString(), known.Select(one => one.ToString())))];
    }

    internal static void Remove(SqliteSession session, string name)
    {
        InUse.ThrowIfAny(
            "tenant", name, TargetTable.All(session).Where(target => target.Tenants.Names.Contains(name, EntityName.Comparer)).Select(target => $"deployment target '{target.Name}'"));
        Named.Remove(session, name, "tenant", static scope => scope.Tenants, static _ => []);
    }
}
