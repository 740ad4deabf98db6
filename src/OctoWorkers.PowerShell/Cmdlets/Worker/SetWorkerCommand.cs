using System.Management.Automation;
using OctoWorkers.PowerShell.Cmdlets.Machine;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Changes the pools, tags, cap of steps or connection of workers. What is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "Worker", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerRecord))]
public sealed class SetWorkerCommand : MachineChangeCommand
{
    /// <summary>Names of the workers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The pools it is to be in, and no others.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerPoolNameCompleter))]
    public string[]? Pool { get; set; }

    /// <summary>The words to find it by, and no others.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Tag { get; set; }

    /// <summary>How many steps run on it at once at the most; 0: as many as come.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> all = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        ConnectionChange change = Change();
        await pipeline.ForEachAsync(Name, async name =>
        {
            WorkerRecord now = NameSelection.Require(all, one => one.Name, name, EngineError.WorkerNotFound, "worker");
            WorkerDefinition then = new(now.Name, change.AppliedTo(now, session.Secrets.Seal), Pool ?? now.Pools)
            {
                Tags = Tag ?? now.Tags,
                Policy = Policy ?? now.Policy,
                State = now.State,
                MaxSteps = MaxSteps is { } most ? (most == 0 ? null : most) : now.MaxSteps,
            };
            if (await pipeline.ShouldProcessAsync($"Worker '{now.Name}'", "Change").ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(
                    PassThru, await session.Store.PutWorkerAsync(then, mustBeNew: false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
