using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Cmdlets.Machine;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.DeploymentTarget;

/// <summary>Removes deployment targets.</summary>
[Cmdlet(VerbsCommon.Remove, "DeploymentTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveDeploymentTargetCommand : MachineRemovalCommand
{
    /// <summary>Names of the targets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentTargetNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeploymentTargetRecord> all = await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
        await RemoveAsync(
            Name, isTarget: true, pipeline, name => Named.Target(all, name), name => session.Engine.RemoveTargetAsync(name, Force, cancellationToken)).ConfigureAwait(false);
    }
}
