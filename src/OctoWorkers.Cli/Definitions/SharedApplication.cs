using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Cli.Definitions;

/// <summary>Puts tenants, variable sets and script modules into a store; what is there already and the same is left alone.</summary>
internal static class SharedApplication
{
    /// <summary>Applies what was checked and sealed.</summary>
    internal static async Task<IReadOnlyList<DefinitionChange>> ApplyAsync(IStore store, DefinitionSet files, CancellationToken cancellationToken)
    {
        List<DefinitionChange> changes = [];
        IReadOnlyList<TenantRecord> tenants = await store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
        foreach (TenantDefinition wanted in files.Tenants.Select(file => file.Value))
        {
            TenantRecord? now = tenants.FirstOrDefault(record => EntityName.Comparer.Equals(record.Name, wanted.Name));
            if (Note(changes, "tenant", wanted.Name, now is not null, now is not null && SameDefinition.Is(now, wanted)))
            {
                await store.PutTenantAsync(wanted, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            }
        }

        IReadOnlyList<VariableSetRecord> sets = await store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false);
        foreach (VariableSetDefinition wanted in files.VariableSets.Select(file => file.Value))
        {
            VariableSetRecord? now = sets.FirstOrDefault(record => EntityName.Comparer.Equals(record.Definition.Name, wanted.Name));
            if (Note(changes, "variable set", wanted.Name, now is not null, now is not null && SameDefinition.Is(now.Definition, wanted)))
            {
                await store.PutVariableSetAsync(wanted, cancellationToken).ConfigureAwait(false);
            }
        }

        IReadOnlyList<ScriptModule> modules = await store.GetScriptModulesAsync(cancellationToken).ConfigureAwait(false);
        foreach (ScriptModule wanted in files.ScriptModules.Select(file => file.Value))
        {
            ScriptModule? now = modules.FirstOrDefault(module => EntityName.Comparer.Equals(module.Name, wanted.Name));
            if (Note(changes, "script module", wanted.Name, now is not null, now == wanted))
            {
                await store.PutScriptModuleAsync(wanted, cancellationToken).ConfigureAwait(false);
            }
        }

        return changes;
    }

    private static bool Note(List<DefinitionChange> changes, string kind, string name, bool exists, bool isSame)
    {
        changes.Add(new(kind, name, isSame ? DefinitionChange.Unchanged : exists ? DefinitionChange.Changed : DefinitionChange.Added));
        return !isSame;
    }
}
