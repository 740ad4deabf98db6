using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>Removes runs that have ended, with their logs and artifacts.</summary>
[Cmdlet(VerbsCommon.Remove, "RunbookRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveRunbookRunCommand : RunIdCommand
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => ChangeEachAsync(session, pipeline, "Remove", async id =>
        {
            await session.Store.RemoveRunAsync(id, cancellationToken).ConfigureAwait(false);
            session.Artifacts.RemoveRun(id);
        }, cancellationToken);
}
