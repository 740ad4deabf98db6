using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Cli.Definitions;

/// <summary>A store's tenants and variable sets as they would be after definitions were applied.</summary>
internal sealed class SharedOverlay
{
    private readonly IReadOnlyList<TenantRecord> tenants;
    private readonly IReadOnlyList<VariableSetRecord> sets;

    private SharedOverlay(IReadOnlyList<TenantRecord> tenants, IReadOnlyList<VariableSetRecord> sets)
    {
        this.tenants = tenants;
        this.sets = sets;
    }

    internal static async Task<SharedOverlay> ReadAsync(IStore store, DefinitionSet files, CancellationToken cancellationToken)
    {
        List<TenantRecord> tenants = [.. files.Tenants.Select(file => new TenantRecord(default, file.Value.Name, file.Value.Tags, file.Value.Description))];
        tenants.AddRange((await store.GetTenantsAsync(cancellationToken).ConfigureAwait(false)).ExceptBy(tenants.Select(tenant => tenant.Name), tenant => tenant.Name, EntityName.Comparer));
        List<VariableSetRecord> sets = [.. files.VariableSets.Select(file => new VariableSetRecord(default, file.Value))];
        sets.AddRange((await store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false))
            .ExceptBy(sets.Select(set => set.Definition.Name), set => set.Definition.Name, EntityName.Comparer));
        return new(tenants, sets);
    }

    /// <exception cref="OctoWorkersException"><see cref="EngineError.TenantNotFound"/>.</exception>
    internal TenantRecord Tenant(string name) => Named.Tenant(tenants, name);

    /// <summary>The sets that a runbook includes.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableSetNotFound"/>.</exception>
    internal IEnumerable<VariableSetDefinition> SetsOf(RunbookDefinition runbook)
        => runbook.VariableSets.Prepend(VariableSetDefinition.DefaultName).Distinct(EntityName.Comparer).Select(name => Named.VariableSet(sets, name).Definition);
}
