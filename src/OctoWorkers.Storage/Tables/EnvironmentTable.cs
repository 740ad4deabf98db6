using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Environments.</summary>
internal static class EnvironmentTable
{
    private static readonly NamedTable Named = new("environments", "environment", EngineError.EnvironmentNotFound);

    internal static IReadOnlyList<EnvironmentRecord> All(SqliteSession session)
        => session.Query(
            "SELECT id, name, description, retention, guided_failure FROM environments ORDER BY id",
            static row => new EnvironmentRecord(new(row.GetInt64(0)), row.GetString(1), row.GetString(2))
            {
                Retention = RetentionPolicy.Parse(row.GetString(3)),
                GuidedFailure = EnumText<GuidedFailureMode>.Read(row.GetString(4)),
            });

    internal static EnvironmentRecord Put(SqliteSession session, EnvironmentDefinition environment, bool mustBeNew)
        => new(
            new(Named.Put(
                session, environment.Name, mustBeNew, ("description", environment.Description), ("retention", environment.Retention.ToString()),
                ("guided_failure", EnumText<GuidedFailureMode>.Write(environment.GuidedFailure)))),
            environment.Name,
            environment.Description)
        {
            Retention = environment.Retention,
            GuidedFailure = environment.GuidedFailure,
        };

    /// <summary>A name as it was declared.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.EnvironmentNotFound"/>.</exception>
    internal static string Declared(SqliteSession session, string name) => Named.Declared(session, name);

    internal static void Remove(SqliteSession session, string name)
    {
        InUse.ThrowIfAny(
            "environment", name, TargetTable.All(session).Where(target => target.Environments.Contains(name, EntityName.Comparer)).Select(target => $"deployment target '{target.Name}'"));
        RemoveUnused(session, name);
    }

    private static void RemoveUnused(SqliteSession session, string name)
        => Named.Remove(session, name, "environment", static scope => scope.Environments, static runbook => runbook.Environments
            .Select(needed => (needed, $"runbook '{runbook.Name}'"))
            .Concat(runbook.Steps.SelectMany(step => InStep(step).Select(needed => (needed, $"step '{step.Name}' of runbook '{runbook.Name}'")))));

    private static IEnumerable<string> InStep(StepDefinition step)
        => step.Environments.Concat(step.ExcludedEnvironments).Concat(step.Action is RunRunbookAction { Environment: { } there } ? [there] : []);
}
