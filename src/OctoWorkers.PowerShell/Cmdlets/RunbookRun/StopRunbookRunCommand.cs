using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>Cancels runs: their work on the workers is ended, with a receipt.</summary>
[Cmdlet(VerbsLifecycle.Stop, "RunbookRun", SupportsShouldProcess = true)]
[OutputType(typeof(RunDetails))]
public sealed class StopRunbookRunCommand : RunIdCommand
{
    /// <summary>Why; it is kept with the run.</summary>
    [Parameter]
    public string Reason { get; set; } = "";

    /// <summary>Waits until they have ended, and writes them.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => ChangeEachAsync(session, pipeline, "Cancel", async id =>
        {
            await session.Engine.CancelRunAsync(id, Reason, cancellationToken).ConfigureAwait(false);
            await session.Engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
            if (Wait)
            {
                await session.Engine.WaitForRunAsync(id, cancellationToken).ConfigureAwait(false);
                await pipeline.WriteObjectAsync(await session.Engine.GetRunDetailsAsync(id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }, cancellationToken);
}
