using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Following;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>Waits until runs have ended. A run that did not succeed is an error, as with Invoke-Runbook.</summary>
[Cmdlet(VerbsLifecycle.Wait, "RunbookRun")]
[OutputType(typeof(RunDetails))]
public sealed class WaitRunbookRunCommand : RunIdCommand
{
    /// <summary>How many seconds to wait for each run at the most; the run goes on. Without end when not given.</summary>
    [Parameter]
    [ValidateRange(0, 2_000_000)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => pipeline.ForEachAsync(Id, async id =>
        {
            using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (TimeoutSec is { } seconds)
            {
                enough.CancelAfter(TimeSpan.FromSeconds(seconds));
            }

            await session.Engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await session.Engine.WaitForRunAsync(id, enough.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Perhaps it had ended before anybody looked.
            }

            RunDetails details = await session.Engine.GetRunDetailsAsync(id, cancellationToken).ConfigureAwait(false);
            if (!details.Run.HasEnded)
            {
                throw new OctoWorkersException(EngineError.WaitTimedOut, $"Run {id} has not ended within {TimeoutSec} seconds; it goes on.", id);
            }

            await pipeline.WriteObjectAsync(details).ConfigureAwait(false);
            if (RunFailureRecord.Of(details) is { } failure)
            {
                await pipeline.WriteErrorAsync(failure).ConfigureAwait(false);
            }
        });
}
