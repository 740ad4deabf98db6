using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerPool;

/// <summary>Removes worker pools.</summary>
[Cmdlet(VerbsCommon.Remove, "WorkerPool", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkerPoolCommand : EngineCmdlet
{
    /// <summary>Names of the pools.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            if (await pipeline.ShouldProcessAsync($"Worker pool '{name}'", "Remove").ConfigureAwait(false))
            {
                await session.Store.RemovePoolAsync(name, cancellationToken).ConfigureAwait(false);
            }
        });
}
