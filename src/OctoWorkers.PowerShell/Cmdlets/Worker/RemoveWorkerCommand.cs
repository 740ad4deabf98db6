using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Removes workers.</summary>
[Cmdlet(VerbsCommon.Remove, "Worker", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkerCommand : EngineCmdlet
{
    /// <summary>Names of the workers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Cancels the runs that have a lease on it, and waits for them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            if (await pipeline.ShouldProcessAsync($"Worker '{name}'", Force ? "Cancel its runs and remove" : "Remove").ConfigureAwait(false))
            {
                await session.Engine.RemoveWorkerAsync(name, Force, cancellationToken).ConfigureAwait(false);
            }
        });
}
