using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Removes from workers' package caches what no run uses.</summary>
[Cmdlet(VerbsCommon.Clear, "WorkerCache", SupportsShouldProcess = true)]
[OutputType(typeof(CacheClearance))]
public sealed class ClearWorkerCacheCommand : EngineCmdlet
{
    /// <summary>Names of the workers; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only what no run has used for so long; all that no run uses when not given.</summary>
    [Parameter]
    public TimeSpan UnusedFor { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (UnusedFor < TimeSpan.Zero)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"-UnusedFor {UnusedFor} is negative; give a time that is not.", UnusedFor);
        }

        IReadOnlyList<WorkerRecord> workers = await NameSelection.ChooseAsync(
            await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false), worker => worker.Name, Name, EngineError.WorkerNotFound, "worker", pipeline).ConfigureAwait(false);
        await pipeline.ForEachAsync(workers, async worker =>
        {
            if (await pipeline.ShouldProcessAsync($"Worker '{worker.Name}'", "Remove unused packages").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(await session.Engine.CleanWorkerAsync(worker, UnusedFor, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
