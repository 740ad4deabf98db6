using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Planning;

/// <summary>A store's tenants and variable sets as they would be after definitions were applied. Pure.</summary>
/// <param name="stored">What the store holds.</param>
/// <param name="files">The definitions.</param>
internal sealed class SharedOverlay(StoredDefinitions stored, DefinitionSet files)
{
    private readonly IReadOnlyList<TenantRecord> tenants =
    [
        .. files.Tenants.Select(file => new TenantRecord(default, file.Value.Name, file.Value.Tags, file.Value.Description)),
        .. stored.Tenants.ExceptBy(files.Tenants.Select(file => file.Value.Name), tenant => tenant.Name, EntityName.Comparer),
    ];

    private readonly IReadOnlyList<VariableSetRecord> sets =
    [
        .. files.VariableSets.Select(file => new VariableSetRecord(default, file.Value)),
        .. stored.VariableSets.ExceptBy(files.VariableSets.Select(file => file.Value.Name), set => set.Definition.Name, EntityName.Comparer),
    ];

    /// <exception cref="OctoWorkersException"><see cref="EngineError.TenantNotFound"/>.</exception>
    internal TenantRecord Tenant(string name) => Named.Tenant(tenants, name);

    /// <summary>The sets that a runbook includes.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableSetNotFound"/>.</exception>
    internal IEnumerable<VariableSetDefinition> SetsOf(RunbookDefinition runbook)
        => runbook.VariableSets.Prepend(VariableSetDefinition.DefaultName).Distinct(EntityName.Comparer).Select(name => Named.VariableSet(sets, name).Definition);
}
