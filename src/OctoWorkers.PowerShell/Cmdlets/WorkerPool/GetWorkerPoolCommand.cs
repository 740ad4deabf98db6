using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerPool;

/// <summary>Gets worker pools.</summary>
[Cmdlet(VerbsCommon.Get, "WorkerPool")]
[OutputType(typeof(WorkerPoolRecord))]
public sealed class GetWorkerPoolCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await NameSelection.WriteAsync(
            await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false),
            record => record.Name, Name, EngineError.WorkerPoolNotFound, "worker pool", pipeline).ConfigureAwait(false);
}
