using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Schema;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Deployment targets: machines that are in environments rather than in pools. They are kept beside the workers.</summary>
internal static class TargetTable
{
    internal static IReadOnlyList<DeploymentTargetRecord> All(SqliteSession session)
    {
        Dictionary<long, (IReadOnlyList<string> Environments, bool Bypasses, TargetTenants Tenants)> targets = session.Query(
            "SELECT id, environments, bypasses_mutex, tenants FROM workers WHERE environments IS NOT NULL",
            static row => (Id: row.GetInt64(0), Of: (TextsJson.Read(row.GetString(1)), row.GetInt64(2) != 0, TargetTenantsJson.Read(row.OptionalText(3)))))
            .ToDictionary(found => found.Id, found => found.Of);
        return targets.Count == 0 ? []
            :
            [
                .. WorkerTable.Targets(session).Select(machine => new DeploymentTargetRecord(machine, targets[machine.Id.Number].Environments)
                {
                    BypassDeploymentMutex = targets[machine.Id.Number].Bypasses, Tenants = targets[machine.Id.Number].Tenants,
                }),
            ];
    }

    internal static DeploymentTargetRecord Put(SqliteSession session, DeploymentTargetDefinition target, bool mustBeNew)
    {
        string[] environments = [.. target.Environments.Select(name => EnvironmentTable.Declared(session, name))];

        // A tag that no tenant has any more keeps nobody from changing something else of the target.
        IReadOnlyList<TenantTag> known = All(session).FirstOrDefault(other => EntityName.Comparer.Equals(other.Name, target.Name))?.Tenants.Tags ?? [];
        TargetTenants tenants = TargetTenants.Of(
            target.Tenants.Participation,
            [.. target.Tenants.Names.Select(name => TenantTable.Declared(session, name))],
            TenantTable.Declared(session, target.Tenants.Tags, known));
        long id = WorkerTable.PutMachine(
            session, target.Name, target.Connection, target.Tags, target.Disabled ? WorkerState.Disabled : WorkerState.Enabled, target.Policy, null, isTarget: true, mustBeNew);
        session.Execute(
            "UPDATE workers SET environments = ?2, bypasses_mutex = ?3, tenants = ?4 WHERE id = ?1",
            id, TextsJson.Write(environments), target.BypassDeploymentMutex ? 1L : 0L, TargetTenantsJson.Write(tenants));
        return Get(session, id);
    }

    internal static DeploymentTargetRecord SetDisabled(SqliteSession session, string name, bool disabled)
    {
        long id = Require(session, name);
        WorkerTable.SetState(session, id, disabled ? WorkerState.Disabled : WorkerState.Enabled);
        return Get(session, id);
    }

    internal static void Remove(SqliteSession session, string name)
    {
        long id = Require(session, name);
        if (WorkerTable.RunsOn(session, id) is { Count: > 0 } runs)
        {
            throw new OctoWorkersException(
                EngineError.InUse, $"Deployment target '{name}' is held by {RunNames.Of(runs)}. Disable it and wait for these runs, or cancel them.", name);
        }

        WorkerTable.Delete(session, id);
    }

    private static DeploymentTargetRecord Get(SqliteSession session, long id) => All(session).First(target => target.Id.Number == id);

    private static long Require(SqliteSession session, string name)
        => session.Scalar("SELECT coalesce((SELECT id FROM workers WHERE name_key = ?1 AND environments IS NOT NULL), 0)", NameKey.Of(name)) is var id and not 0
            ? id
            : throw Missing.Named(
                EngineError.TargetNotFound, "deployment target", name,
                session.Query("SELECT name FROM workers WHERE environments IS NOT NULL ORDER BY id", static row => row.GetString(0)));
}
