using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerPool;

/// <summary>Adds worker pools.</summary>
[Cmdlet(VerbsCommon.New, "WorkerPool", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerPoolRecord))]
public sealed class NewWorkerPoolCommand : EngineCmdlet
{
    /// <summary>Names of the pools.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>What they are for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Description { get; set; } = "";

    /// <summary>Makes it the pool of the steps that name none.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    /// <summary>How they choose among their eligible workers.</summary>
    [Parameter]
    public PoolPolicy Policy { get; set; }

    /// <summary>How many steps run at once on their workers at the most; as many as come when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            WorkerPoolDefinition definition = new(name) { Description = Description, IsDefault = Default, Policy = Policy, MaxSteps = MaxSteps };
            if (await pipeline.ShouldProcessAsync($"Worker pool '{name}'", "Add").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Store.PutPoolAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        });
}
