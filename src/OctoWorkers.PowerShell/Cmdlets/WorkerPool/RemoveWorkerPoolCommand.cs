using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
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
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerPoolRecord> all = await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.RemoveEachAsync(
            Name, "Worker pool", name => Named.Pool(all, name).Name, name => session.Store.RemovePoolAsync(name, cancellationToken)).ConfigureAwait(false);
    }
}
