using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.DeploymentTarget;

/// <summary>Removes deployment targets.</summary>
[Cmdlet(VerbsCommon.Remove, "DeploymentTarget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveDeploymentTargetCommand : EngineCmdlet
{
    /// <summary>Names of the targets.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeploymentTargetNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Cancels the runs that hold it, and waits for them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            if (await pipeline.ShouldProcessAsync($"Deployment target '{name}'", Force ? "Cancel its runs and remove" : "Remove").ConfigureAwait(false))
            {
                await session.Engine.RemoveTargetAsync(name, Force, cancellationToken).ConfigureAwait(false);
            }
        });
}
