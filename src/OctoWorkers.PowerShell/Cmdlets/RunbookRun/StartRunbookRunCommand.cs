using System.Management.Automation;
using OctoWorkers.PowerShell.Cmdlets.Runbook;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>Starts runs that the background driver carries out, whatever becomes of this session.</summary>
[Cmdlet(VerbsLifecycle.Start, "RunbookRun", SupportsShouldProcess = true)]
[OutputType(typeof(RunDetails), typeof(PlannedRun))]
public sealed class StartRunbookRunCommand : RunbookStartCommand
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => ForEachAsync(session, pipeline, isDetached: true, async (start, _) =>
        {
            RunRecord run = await start(cancellationToken).ConfigureAwait(false);
            await pipeline.WriteObjectAsync(await session.Engine.GetRunDetailsAsync(run.Id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }, cancellationToken);
}
