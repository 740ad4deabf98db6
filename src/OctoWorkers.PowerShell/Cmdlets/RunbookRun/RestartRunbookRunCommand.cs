using System.Management.Automation;
using OctoWorkers.Engine.Runs;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>Runs failed or canceled runs again from the first step that did not succeed, on the same snapshot. The background driver carries them out.</summary>
[Cmdlet(VerbsLifecycle.Restart, "RunbookRun", SupportsShouldProcess = true)]
[OutputType(typeof(RunDetails))]
public sealed class RestartRunbookRunCommand : RunIdCommand
{
    /// <summary>Which of the queued runs go first; as for the run that is repeated when not given.</summary>
    [Parameter]
    public RunPriority? Priority { get; set; }

    /// <summary>Seconds after which it ends as <c>TimedOut</c> if it has not begun; as for the run that is repeated when not given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? QueueExpirySec { get; set; }

    /// <summary>Whether steps that fail ask a person; as in the run that is repeated when not given.</summary>
    [Parameter]
    public GuidedFailureMode GuidedFailure { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => ChangeEachAsync(session, pipeline, "Run again from the failed step", async id =>
        {
            List<string> leftOut = [];
            RunRecord run = await session.Engine.RerunFromFailedAsync(
                new NewRerun(id)
                {
                    Detached = true, Priority = Priority, GuidedFailure = GuidedFailure,
                    QueueExpiry = QueueExpirySec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                    Warn = leftOut.Add,
                },
                cancellationToken).ConfigureAwait(false);
            await pipeline.WriteWarningsAsync(leftOut).ConfigureAwait(false);
            await pipeline.WriteObjectAsync(await session.Engine.GetRunDetailsAsync(run.Id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }, cancellationToken);
}
