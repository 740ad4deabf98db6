using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <content>Variable sets, tenants and script modules.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<VariableSetRecord>> GetVariableSetsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(VariableSetTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<VariableSetRecord> PutVariableSetAsync(VariableSetDefinition set, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(session, DefinitionKind.VariableSet, set.Name, set.Variables, () => VariableSetTable.Put(session, set)), cancellationToken);

    /// <inheritdoc/>
    public Task<VariableSetRecord> ChangeVariableSetAsync(
        string name, Func<VariableSetDefinition, VariableSetDefinition> change, CancellationToken cancellationToken)
        => Define(
            session => VariableSetTable.Change(
                session, name, change,
                (changed, put) => audit.Put(session, DefinitionKind.VariableSet, changed.Name, changed.Variables, put)),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveVariableSetAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.VariableSet, name, VariableSetTable.Remove, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TenantRecord>> GetTenantsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(TenantTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<TenantRecord> PutTenantAsync(TenantDefinition tenant, bool mustBeNew, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(session, DefinitionKind.Tenant, tenant.Name, null, () => TenantTable.Put(session, tenant, mustBeNew)), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveTenantAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.Tenant, name, TenantTable.Remove, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScriptModule>> GetScriptModulesAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(ScriptModuleTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task PutScriptModuleAsync(ScriptModule module, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(
                session, DefinitionKind.ScriptModule, module.Name, null,
                () =>
                {
                    ScriptModuleTable.Put(session, module);
                    return true;
                }),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveScriptModuleAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.ScriptModule, name, ScriptModuleTable.Remove, cancellationToken);
}
