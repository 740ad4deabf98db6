using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerTenant;

/// <summary>Gets tenants.</summary>
[Cmdlet(VerbsCommon.Get, "WorkerTenant")]
[OutputType(typeof(TenantRecord))]
public sealed class GetWorkerTenantCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await NameSelection.WriteAsync(
            await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false),
            record => record.Name, Name, EngineError.TenantNotFound, "tenant", pipeline).ConfigureAwait(false);
}
