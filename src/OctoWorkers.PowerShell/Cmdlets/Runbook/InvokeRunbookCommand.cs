using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Following;
using OctoWorkers.PowerShell.Jobs;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Runs runbooks, one after the other, and follows them: log lines on their streams, progress, at the end the run.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Runbook", SupportsShouldProcess = true)]
[OutputType(typeof(RunDetails), typeof(PlannedRun))]
public sealed class InvokeRunbookCommand : RunbookStartCommand
{
    /// <summary>Runs them in jobs, all at once.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => ForEachAsync(session, pipeline, isDetached: false, async (start, name) =>
        {
            if (AsJob)
            {
                RunbookJob job = new(session, name, MyInvocation.Line, start);
                await pipeline.AddJobAsync(job).ConfigureAwait(false);
                job.Start();
                return;
            }

            RunRecord run = await start(cancellationToken).ConfigureAwait(false);
            await RunFollower.FollowOrCancelAsync(session, pipeline, run, static () => "its pipeline was stopped", cancellationToken).ConfigureAwait(false);
        }, cancellationToken);
}
