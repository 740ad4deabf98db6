using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>Changes where queued runs stand: their priority, or the top of the queue.</summary>
[Cmdlet(VerbsCommon.Set, "RunbookRun", SupportsShouldProcess = true)]
[OutputType(typeof(RunDetails))]
public sealed class SetRunbookRunCommand : RunIdCommand
{
    /// <summary>Which of the queued runs go first.</summary>
    [Parameter]
    public RunPriority? Priority { get; set; }

    /// <summary>Moves them before all others; of several, the last one stands first.</summary>
    [Parameter]
    public SwitchParameter Top { get; set; }

    /// <summary>Also writes the runs.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (Priority is null && !Top)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, "There is nothing to change: give -Priority or -Top.");
        }

        string action = Top ? "Move to the top of the queue" : $"Give {Priority} priority";
        await ChangeEachAsync(session, pipeline, action, async id =>
        {
            if (Priority is { } priority)
            {
                await session.Store.SetPriorityAsync(id, priority, cancellationToken).ConfigureAwait(false);
            }

            if (Top)
            {
                await session.Store.MoveToTopAsync(id, cancellationToken).ConfigureAwait(false);
            }

            if (PassThru)
            {
                await pipeline.WriteObjectAsync(await session.Engine.GetRunDetailsAsync(id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }, cancellationToken).ConfigureAwait(false);
    }
}
