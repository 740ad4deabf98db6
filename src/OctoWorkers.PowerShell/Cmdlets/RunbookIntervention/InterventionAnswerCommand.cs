using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookIntervention;

/// <summary>What the cmdlets that answer have in common.</summary>
public abstract class InterventionAnswerCommand : InterruptionIdCommand
{
    /// <summary>What there is to note; the run's secrets are masked.</summary>
    [Parameter]
    [AllowEmptyString]
    public string Notes { get; set; } = "";

    private protected abstract InterruptionAnswer Answer { get; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Id, async id =>
        {
            if (await pipeline.ShouldProcessAsync($"Intervention {id}", $"Answer {Answer}").ConfigureAwait(false))
            {
                await pipeline.WriteObjectAsync(
                    await session.Engine.AnswerInterruptionAsync(id, Answer, Notes, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        });
}
