using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerTenant;

/// <summary>Removes tenants.</summary>
[Cmdlet(VerbsCommon.Remove, "WorkerTenant", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkerTenantCommand : EngineCmdlet
{
    /// <summary>Names of the tenants.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<TenantRecord> all = await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.RemoveEachAsync(
            Name, "Tenant", name => Named.Tenant(all, name).Name,
            async name =>
            {
                TenantRecord tenant = Named.Tenant(all, name);
                await session.Store.RemoveTenantAsync(tenant.Name, cancellationToken).ConfigureAwait(false);
                await pipeline.WriteWarningsAsync(await session.Engine.GetLostTenantTagsAsync(tenant, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }
}
