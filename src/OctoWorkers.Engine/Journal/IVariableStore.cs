namespace OctoWorkers.Engine.Journal;

/// <summary>Variable sets, tenants and script modules.</summary>
public interface IVariableStore
{
    /// <summary>All variable sets, by name. The one named <see cref="VariableSetDefinition.DefaultName"/> is always among them.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<VariableSetRecord>> GetVariableSetsAsync(CancellationToken cancellationToken);

    /// <summary>Adds a set, or replaces the one of its name in place: its id stays.</summary>
    /// <param name="set">The set; its secrets are sealed.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when a secret is not sealed.</exception>
    Task<VariableSetRecord> PutVariableSetAsync(VariableSetDefinition set, CancellationToken cancellationToken);

    /// <summary>Changes a set in one transaction: no other change comes between its reading and its writing.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="change">Gives the values the set has from then on; it may run more than once.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.VariableSetNotFound"/>; <see cref="EngineError.InvalidArgument"/> when a secret is not sealed.
    /// </exception>
    Task<VariableSetRecord> ChangeVariableSetAsync(
        string name, Func<VariableSetDefinition, VariableSetDefinition> change, CancellationToken cancellationToken);

    /// <summary>Removes a set. Runs that have it in their snapshot keep it.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.VariableSetNotFound"/>; <see cref="EngineError.InUse"/> when it is the default set or a runbook includes it.
    /// </exception>
    Task RemoveVariableSetAsync(string name, CancellationToken cancellationToken);

    /// <summary>All tenants, by name.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<TenantRecord>> GetTenantsAsync(CancellationToken cancellationToken);

    /// <summary>Adds a tenant, or changes the one of its name in place: its id stays.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="mustBeNew">Whether one of its name is an error.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.AlreadyExists"/>.</exception>
    Task<TenantRecord> PutTenantAsync(TenantDefinition tenant, bool mustBeNew, CancellationToken cancellationToken);

    /// <summary>Removes a tenant.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.TenantNotFound"/>; <see cref="EngineError.InUse"/> when a run for it has not ended, or a value's scope names it:
    /// it names the first of these, and tells how many there are.
    /// </exception>
    Task RemoveTenantAsync(string name, CancellationToken cancellationToken);

    /// <summary>All script modules, by name.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<ScriptModule>> GetScriptModulesAsync(CancellationToken cancellationToken);

    /// <summary>Adds a script module, or replaces the one of its name.</summary>
    /// <param name="module">The module.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task PutScriptModuleAsync(ScriptModule module, CancellationToken cancellationToken);

    /// <summary>Removes a script module. Runs that have it in their snapshot keep it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.ScriptModuleNotFound"/>; <see cref="EngineError.InUse"/> when a runbook uses it.
    /// </exception>
    Task RemoveScriptModuleAsync(string name, CancellationToken cancellationToken);
}
