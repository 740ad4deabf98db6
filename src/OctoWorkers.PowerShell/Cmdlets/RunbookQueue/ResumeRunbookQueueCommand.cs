using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookQueue;

/// <summary>Lets queued runs begin again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "RunbookQueue", SupportsShouldProcess = true)]
[OutputType(typeof(QueueState))]
public sealed class ResumeRunbookQueueCommand : EngineCmdlet
{
    /// <summary>Also writes the queue.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (await pipeline.ShouldProcessAsync("The queue of runs", "Resume").ConfigureAwait(false))
        {
            await session.Engine.ResumeQueueAsync(cancellationToken).ConfigureAwait(false);
            await session.Engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
            await pipeline.PassThruAsync(PassThru, await session.Engine.GetQueueAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
