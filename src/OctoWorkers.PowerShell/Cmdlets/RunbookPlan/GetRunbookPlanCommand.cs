using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Cmdlets.Runbook;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookPlan;

/// <summary>Shows the plan that a run would have now: which worker runs which step, and why. Checks no worker and changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookPlan")]
[OutputType(typeof(PlannedRun))]
public sealed class GetRunbookPlanCommand : RunbookRequestCommand
{
    /// <summary>Plans the runs too that its steps would start.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>What would become of the run if deployment targets were not healthy; by default as the runbook or the machine policies say.</summary>
    [Parameter]
    public UnavailableTargets UnavailableTargets { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Name, async name =>
        {
            IReadOnlyList<PlannedRun> runs = await session.Engine.PreviewAsync(
                new(name, Environment) { Tenant = Tenant, Variables = GivenVariables.Of(Variable), UnavailableTargets = UnavailableTargets }, new DefinitionSet(), Recurse, cancellationToken).ConfigureAwait(false);
            foreach (PlannedRun run in runs)
            {
                await pipeline.WriteObjectAsync(run).ConfigureAwait(false);
            }
        });
}
