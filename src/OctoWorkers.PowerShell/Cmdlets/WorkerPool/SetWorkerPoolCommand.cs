using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerPool;

/// <summary>Changes worker pools.</summary>
[Cmdlet(VerbsCommon.Set, "WorkerPool", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerPoolRecord))]
public sealed class SetWorkerPoolCommand : EngineCmdlet
{
    /// <summary>Names of the pools.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>What they are for; unchanged when not given.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Makes it the pool of the steps that name none.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    /// <summary>How they choose among their eligible workers; unchanged when not given.</summary>
    [Parameter]
    public PoolPolicy? Policy { get; set; }

    /// <summary>How many steps run at once on their workers at the most; 0: as many as come. Unchanged when not given.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <summary>Also writes the changed pools.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerPoolRecord> all = await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.ForEachAsync(Name, async name =>
        {
            WorkerPoolRecord now = NameSelection.Require(all, one => one.Name, name, EngineError.WorkerPoolNotFound, "worker pool");
            WorkerPoolDefinition then = new(now.Name)
            {
                Description = Description ?? now.Description,
                IsDefault = Default || now.IsDefault,
                Policy = Policy ?? now.Policy,
                MaxSteps = MaxSteps is { } most ? (most == 0 ? null : most) : now.MaxSteps,
            };
            if (await pipeline.ShouldProcessAsync($"Worker pool '{now.Name}'", "Change").ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(
                    PassThru, await session.Store.PutPoolAsync(then, mustBeNew: false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
