using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookIntervention;

/// <summary>Gets what waits for people, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookIntervention", DefaultParameterSetName = "List")]
[OutputType(typeof(Interruption))]
public sealed class GetRunbookInterventionCommand : EngineCmdlet
{
    /// <summary>Ids of interventions, also of those that are over.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Id")]
    [InterruptionIdTransformation]
    [ArgumentCompleter(typeof(InterruptionIdCompleter))]
    public InterruptionId[] Id { get; set; } = [];

    /// <summary>Only those of these runs.</summary>
    [Parameter(ParameterSetName = "List", ValueFromPipeline = true)]
    [RunIdTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunId[] Run { get; set; } = [];

    /// <summary>Those too that were answered, or whose run was stopped.</summary>
    [Parameter(ParameterSetName = "List")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => ParameterSetName == "Id"
            ? pipeline.ForEachAsync(Id, async id => await pipeline.WriteObjectAsync(
                await session.Store.GetInterruptionAsync(id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false))
            : pipeline.ForEachAsync(Run.Length == 0 ? [null] : Run.Cast<RunId?>(), async run =>
            {
                InterruptionFilter filter = new() { Run = run, PendingOnly = !All };
                foreach (Interruption one in await session.Store.GetInterruptionsAsync(filter, cancellationToken).ConfigureAwait(false))
                {
                    await pipeline.WriteObjectAsync(one).ConfigureAwait(false);
                }
            });
}
