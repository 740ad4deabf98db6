using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Runs;

/// <summary>What of the store's variable sets, script modules and tenants a run takes along.</summary>
internal static class RunSnapshot
{
    /// <summary>The sets that a runbook includes; the default one first.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableSetNotFound"/>.</exception>
    public static IReadOnlyList<VariableSetRecord> VariableSets(IReadOnlyList<VariableSetRecord> stored, RunbookDefinition runbook)
    {
        IEnumerable<string> names = runbook.VariableSets.Prepend(VariableSetDefinition.DefaultName).Distinct(EntityName.Comparer);
        return [.. names.Select(name => Find(stored, set => set.Definition.Name, name, EngineError.VariableSetNotFound, $"Runbook '{runbook.Name}' includes the variable set"))];
    }

    /// <summary>The modules that the steps of a runbook use.</summary>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.ScriptModuleNotFound"/>; <see cref="EngineError.InvalidDefinition"/> for one of another syntax than its step.
    /// </exception>
    public static IReadOnlyList<ScriptModule> Modules(IReadOnlyList<ScriptModule> stored, RunbookDefinition runbook)
    {
        Dictionary<string, ScriptModule> used = new(EntityName.Comparer);
        foreach (StepDefinition step in runbook.Steps)
        {
            if (step.Action is not ScriptAction script)
            {
                continue;
            }

            foreach (string name in script.Modules)
            {
                ScriptModule module = Find(stored, one => one.Name, name, EngineError.ScriptModuleNotFound, $"Step '{step.Name}' of runbook '{runbook.Name}' uses the script module");
                used[name] = module.Syntax == script.Syntax
                    ? module
                    : throw new OctoWorkersException(
                        EngineError.InvalidDefinition,
                        $"Step '{step.Name}' of runbook '{runbook.Name}' is written in {script.Syntax} and uses the script module '{module.Name}', which is written in {module.Syntax}. Use one of its own syntax.",
                        step.Name);
            }
        }

        return [.. used.Values];
    }

    /// <summary>A tenant by name.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TenantNotFound"/>.</exception>
    public static TenantRecord Tenant(IReadOnlyList<TenantRecord> stored, string name)
        => stored.FirstOrDefault(tenant => EntityName.Comparer.Equals(tenant.Name, name))
            ?? throw new OctoWorkersException(
                EngineError.TenantNotFound,
                $"There is no tenant {FoundText.Quote(name)}{(NearestWord.Hint(name, stored.Select(tenant => tenant.Name)) is { Length: > 0 } hint ? hint : ".")}",
                name);

    private static T Find<T>(IReadOnlyList<T> stored, Func<T, string> nameOf, string name, EngineError error, string user)
        where T : class
        => stored.FirstOrDefault(one => EntityName.Comparer.Equals(nameOf(one), name))
            ?? throw new OctoWorkersException(
                error, $"{user} {FoundText.Quote(name)}, and there is none of that name{(NearestWord.Hint(name, stored.Select(nameOf)) is { Length: > 0 } hint ? hint : ".")}", name);
}
