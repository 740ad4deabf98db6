using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookQueue;

/// <summary>Pauses the queue: no queued run begins, and what runs goes on.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "RunbookQueue", SupportsShouldProcess = true)]
[OutputType(typeof(QueueState))]
public sealed class SuspendRunbookQueueCommand : EngineCmdlet
{
    /// <summary>Why; whoever waits is told.</summary>
    [Parameter(Position = 0)]
    [AllowEmptyString]
    public string Reason { get; set; } = "";

    /// <summary>Also writes the queue.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (await pipeline.ShouldProcessAsync("The queue of runs", "Pause").ConfigureAwait(false))
        {
            await session.Engine.PauseQueueAsync(Reason.Trim(), cancellationToken).ConfigureAwait(false);
            await pipeline.PassThruAsync(PassThru, await session.Engine.GetQueueAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
