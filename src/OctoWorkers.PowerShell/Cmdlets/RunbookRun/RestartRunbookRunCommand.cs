using System.Management.Automation;
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
    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Id, async id =>
        {
            if (await pipeline.ShouldProcessAsync($"Run {id}", "Run again from the failed step").ConfigureAwait(false))
            {
                RunRecord run = await session.Engine.RerunFromFailedAsync(id, detached: true, cancellationToken).ConfigureAwait(false);
                await pipeline.WriteObjectAsync(await session.Engine.GetRunDetailsAsync(run.Id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        });
}
