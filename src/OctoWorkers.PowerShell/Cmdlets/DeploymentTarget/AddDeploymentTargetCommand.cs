using System.Management.Automation;
using OctoWorkers.PowerShell.Cmdlets.Machine;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.DeploymentTarget;

/// <summary>Adds deployment targets: this machine, machines that are reached by ssh, or computers that are reached by WinRM.</summary>
[Cmdlet(VerbsCommon.Add, "DeploymentTarget", SupportsShouldProcess = true, DefaultParameterSetName = SshSet)]
[OutputType(typeof(DeploymentTargetRecord))]
public sealed class AddDeploymentTargetCommand : MachineAdditionCommand
{
    /// <summary>The environments it is in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Environment { get; set; } = [];

    /// <summary>The tags that steps choose it by.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetTagCompleter))]
    public string[] Tag { get; set; } = [];

    /// <summary>Adds it disabled: no run chooses it.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <summary>Lets steps share it where the variable OctopusBypassDeploymentMutex says nothing.</summary>
    [Parameter]
    public SwitchParameter BypassDeploymentMutex { get; set; }

    /// <summary>The tenants that it is for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerTenantNameCompleter))]
    public string[] Tenant { get; set; } = [];

    /// <summary>Tags of the tenants that it is for, as Set/Tag: any of one set, of all sets.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TenantTagCompleter))]
    public string[] TenantTag { get; set; } = [];

    /// <summary>Which runs it takes part in; Tenanted where tenants are given, otherwise Untenanted.</summary>
    [Parameter]
    public TenantParticipation? Participation { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        TargetTenants tenants = TargetTenants.Of(Participation, Tenant, TenantTag.Select(OctoWorkers.TenantTag.Parse));
        await pipeline.ForEachAsync(Machines(), async host =>
        {
            DeploymentTargetDefinition definition = new(Name ?? host, Connection(host, session), Environment, Tag)
            {
                Policy = Policy, Disabled = Disabled, BypassDeploymentMutex = BypassDeploymentMutex, Tenants = tenants,
            };
            if (await pipeline.ShouldProcessAsync($"Deployment target '{definition.Name}'", $"Add to {string.Join(", ", Environment)}").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Store.PutTargetAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
