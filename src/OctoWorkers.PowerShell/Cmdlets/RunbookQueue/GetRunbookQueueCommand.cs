using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookQueue;

/// <summary>Gets the queue: whether it is paused, and the runs that have not begun.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookQueue")]
[OutputType(typeof(QueueState))]
public sealed class GetRunbookQueueCommand : EngineCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await pipeline.WriteObjectAsync(await session.Engine.GetQueueAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
}
