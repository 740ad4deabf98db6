using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>Finds what has a name; who mistypes it is told what was probably meant.</summary>
internal static class Named
{
    internal static WorkerRecord Worker(IReadOnlyList<WorkerRecord> workers, string name)
        => EntityName.Comparer.Equals(name, WorkerRecord.BuiltInName)
            ? WorkerRecord.BuiltIn
            : Find(workers, worker => worker.Name, name, EngineError.WorkerNotFound, "worker");

    internal static WorkerPoolRecord Pool(IReadOnlyList<WorkerPoolRecord> pools, string name)
        => Find(pools, pool => pool.Name, name, EngineError.WorkerPoolNotFound, "worker pool");

    internal static EnvironmentRecord Environment(IReadOnlyList<EnvironmentRecord> environments, string name)
        => Find(environments, environment => environment.Name, name, EngineError.EnvironmentNotFound, "environment");

    internal static RunbookRecord Runbook(IReadOnlyList<RunbookRecord> runbooks, string name)
        => Find(runbooks, runbook => runbook.Definition.Name, name, EngineError.RunbookNotFound, "runbook");

    internal static TenantRecord Tenant(IReadOnlyList<TenantRecord> tenants, string name)
        => Find(tenants, tenant => tenant.Name, name, EngineError.TenantNotFound, "tenant");

    internal static VariableSetRecord VariableSet(IReadOnlyList<VariableSetRecord> sets, string name)
        => Find(sets, set => set.Definition.Name, name, EngineError.VariableSetNotFound, "variable set");

    private static T Find<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string name, EngineError error, string kind)
        where T : class
    {
        if (all.FirstOrDefault(one => EntityName.Comparer.Equals(nameOf(one), name)) is { } found)
        {
            return found;
        }

        string hint = NearestWord.Hint(name, all.Select(nameOf));
        string known = all.Count == 0 ? "; there is none yet." : ".";
        throw new OctoWorkersException(error, $"There is no {kind} '{DisplayText.Line(name)}'{(hint.Length == 0 ? known : hint)}", name);
    }
}
