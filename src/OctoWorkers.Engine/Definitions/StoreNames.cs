using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Definitions;

/// <summary>The names of what a store holds.</summary>
public static class StoreNames
{
    /// <summary>Reads them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<KnownNames> ReadAsync(IStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        IReadOnlyList<EnvironmentRecord> environments = await store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WorkerPoolRecord> pools = await store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WorkerRecord> workers = await store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RunbookRecord> runbooks = await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<TenantRecord> tenants = await store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<VariableSetRecord> sets = await store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ScriptModule> modules = await store.GetScriptModulesAsync(cancellationToken).ConfigureAwait(false);
        return new(
            [.. environments.Select(environment => environment.Name)],
            [.. pools.Select(pool => pool.Name)],
            [.. runbooks.Select(runbook => runbook.Definition.Name)])
        {
            Machines = [.. workers.Select(worker => worker.Name)],
            Tenants = [.. tenants.Select(tenant => tenant.Name)],
            TenantTags = [.. tenants.SelectMany(tenant => tenant.Tags).Select(tag => tag.ToString())],
            Steps = [.. runbooks.SelectMany(runbook => runbook.Definition.Steps).Select(step => step.Name)],
            VariableSets = [.. sets.Select(set => set.Definition.Name)],
            ScriptModules = [.. modules.Select(module => module.Name)],
        };
    }
}
