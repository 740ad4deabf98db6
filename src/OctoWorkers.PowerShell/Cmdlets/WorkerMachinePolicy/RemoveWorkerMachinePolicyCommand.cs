using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerMachinePolicy;

/// <summary>Removes machine policies.</summary>
[Cmdlet(VerbsCommon.Remove, "WorkerMachinePolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkerMachinePolicyCommand : EngineCmdlet
{
    /// <summary>Names of the machine policies.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            if (await pipeline.ShouldProcessAsync($"Machine policy '{name}'", "Remove").ConfigureAwait(false))
            {
                await session.Store.RemoveMachinePolicyAsync(name, cancellationToken).ConfigureAwait(false);
            }
        });
}
