using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRetention;

/// <summary>Removes the ended runs that retention does not keep, with their logs and artifacts.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "RunbookRetention", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ExpiredRun))]
public sealed class InvokeRunbookRetentionCommand : EngineCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExpiredRun> found = await session.Engine.FindExpiredRunsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.ForEachAsync(found, async expired =>
        {
            string children = expired.Children.Count == 0 ? "" : $" and {expired.Children.Count} runs that its steps created";
            if (await pipeline.ShouldProcessAsync(
                $"Run {expired.Run} of '{expired.Runbook}' in '{expired.Environment}'{children}", $"Remove (kept: {expired.Policy})").ConfigureAwait(false))
            {
                await session.Engine.RemoveExpiredRunAsync(expired, cancellationToken).ConfigureAwait(false);
                await pipeline.WriteObjectAsync(expired).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
