using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookPlan;

/// <summary>Shows the plan that a run would have now: which worker runs which step, and why. Checks no worker and changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookPlan")]
[OutputType(typeof(PlannedRun))]
public sealed class GetRunbookPlanCommand : EngineCmdlet
{
    /// <summary>Names of the runbooks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Runbook")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The environment to run in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string Environment { get; set; } = "";

    /// <summary>Plans the runs too that its steps would start.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            IReadOnlyList<PlannedRun> runs = await session.Engine.PreviewAsync(name, Environment, new DefinitionSet(), Recurse, cancellationToken).ConfigureAwait(false);
            foreach (PlannedRun run in runs)
            {
                await pipeline.WriteObjectAsync(run).ConfigureAwait(false);
            }
        });
}
