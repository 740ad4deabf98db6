using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerTenant;

/// <summary>Adds tenants.</summary>
[Cmdlet(VerbsCommon.New, "WorkerTenant", SupportsShouldProcess = true)]
[OutputType(typeof(TenantRecord))]
public sealed class NewWorkerTenantCommand : EngineCmdlet
{
    /// <summary>Names of the tenants.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Their tags, each as <c>Set/Tag</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TenantTagCompleter))]
    public string[] Tag { get; set; } = [];

    /// <summary>What they are.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Description { get; set; } = "";

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            TenantDefinition definition = new(name) { Tags = [.. Tag.Select(TenantTag.Parse).Distinct()], Description = Description };
            if (await pipeline.ShouldProcessAsync($"Tenant '{name}'", "Add").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Store.PutTenantAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        });
}
