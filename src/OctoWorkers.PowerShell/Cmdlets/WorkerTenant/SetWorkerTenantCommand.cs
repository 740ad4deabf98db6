using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerTenant;

/// <summary>Changes tenants. What is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "WorkerTenant", SupportsShouldProcess = true)]
[OutputType(typeof(TenantRecord))]
public sealed class SetWorkerTenantCommand : EngineCmdlet
{
    /// <summary>Names of the tenants.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The tags they have from now on, each as <c>Set/Tag</c>, and no others.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TenantTagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>What they are.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Also writes the changed tenants.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<TenantRecord> all = await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.ForEachAsync(Name, async name =>
        {
            TenantRecord now = NameSelection.Require(all, one => one.Name, name, EngineError.TenantNotFound, "tenant");
            TenantDefinition then = new(now.Name)
            {
                Tags = Tag is null ? now.Tags : [.. Tag.Select(TenantTag.Parse).Distinct()],
                Description = Description ?? now.Description,
            };
            if (await pipeline.ShouldProcessAsync($"Tenant '{now.Name}'", "Change").ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(
                    PassThru, await session.Store.PutTenantAsync(then, mustBeNew: false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
                await pipeline.WriteWarningsAsync(await session.Engine.GetLostTenantTagsAsync(now, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
