using System.Management.Automation;
using OctoWorkers.PowerShell.Cmdlets.Machine;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.DeploymentTarget;

/// <summary>Changes the environments, tags or connection of deployment targets. What is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "DeploymentTarget", SupportsShouldProcess = true)]
[OutputType(typeof(DeploymentTargetRecord))]
public sealed class SetDeploymentTargetCommand : MachineChangeCommand
{
    /// <summary>Names of the targets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentTargetNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The environments they are to be in, and no others.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[]? Environment { get; set; }

    /// <summary>The tags they are to have, and no others.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetTagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>Whether no run is to choose them.</summary>
    [Parameter]
    public bool? Disabled { get; set; }

    /// <summary>Whether steps share them where the variable OctopusBypassDeploymentMutex says nothing.</summary>
    [Parameter]
    public bool? BypassDeploymentMutex { get; set; }

    /// <summary>The tenants they are to be for, and no others.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string[]? Tenant { get; set; }

    /// <summary>The tags of tenants they are to be for, and no others, as Set/Tag: any of one set, of all sets.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(TenantTagCompleter))]
    public string[]? TenantTag { get; set; }

    /// <summary>Which runs they are to take part in.</summary>
    [Parameter]
    public TenantParticipation? Participation { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeploymentTargetRecord> all = await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
        TenantTag[]? tags = TenantTag is null ? null : [.. TenantTag.Select(OctoWorkers.TenantTag.Parse)];
        ConnectionChange change = Change();
        await pipeline.ForEachAsync(Name, async name =>
        {
            DeploymentTargetRecord now = NameSelection.Require(all, one => one.Name, name, EngineError.TargetNotFound, "deployment target");
            DeploymentTargetDefinition then = new(now.Name, change.AppliedTo(now.Machine, session.Secrets.Seal), Environment ?? now.Environments, Tag ?? now.Tags)
            {
                Policy = Policy ?? now.Policy,
                Disabled = Disabled ?? now.Disabled,
                BypassDeploymentMutex = BypassDeploymentMutex ?? now.BypassDeploymentMutex,
                Tenants = now.Tenants.With(Participation, Tenant, tags),
            };
            if (await pipeline.ShouldProcessAsync($"Deployment target '{now.Name}'", "Change").ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(
                    PassThru, await session.Store.PutTargetAsync(then, mustBeNew: false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
