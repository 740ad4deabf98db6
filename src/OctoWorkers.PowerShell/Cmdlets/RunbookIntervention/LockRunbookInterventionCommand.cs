using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookIntervention;

/// <summary>Takes responsibility for interventions: from then on only you can answer them.</summary>
[Cmdlet(VerbsCommon.Lock, "RunbookIntervention", SupportsShouldProcess = true)]
[OutputType(typeof(Interruption))]
public sealed class LockRunbookInterventionCommand : InterruptionIdCommand
{
    /// <summary>Takes it also from somebody else who has it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Id, async id =>
        {
            if (await pipeline.ShouldProcessAsync($"Intervention {id}", "Take responsibility").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Engine.TakeInterruptionAsync(id, Force, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        });
}
