using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Lets workers take no new leases; steps already planned on them still run.</summary>
[Cmdlet(VerbsLifecycle.Disable, "Worker", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerRecord))]
public sealed class DisableWorkerCommand : WorkerStateCommand
{
    /// <summary>Marks them as draining: they are to be disabled once their leases have ended.</summary>
    [Parameter]
    public SwitchParameter Drain { get; set; }

    /// <summary>Seconds within which they are to be free; with <see cref="Drain"/>.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? DeadlineSec { get; set; }

    /// <summary>Cancels the runs that still have a lease there at the deadline.</summary>
    [Parameter]
    public SwitchParameter CancelRun { get; set; }

    /// <summary>Waits until they are free, or the deadline has passed; runs that are left are an error.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private protected override WorkerState Target => Drain ? WorkerState.Draining : WorkerState.Disabled;

    private protected override string Action => Drain ? "Drain" : "Disable";

    private protected override void Check()
    {
        if (!Drain && (DeadlineSec is not null || CancelRun || Wait))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, "-DeadlineSec, -CancelRun and -Wait say how workers are drained: give -Drain too.");
        }

        if (CancelRun && DeadlineSec is null)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, "-CancelRun says what happens at the deadline: give -DeadlineSec too.");
        }
    }

    private protected override async Task<WorkerRecord> ChangeAsync(EngineSession session, string name, CancellationToken cancellationToken)
    {
        if (!Drain)
        {
            return await base.ChangeAsync(session, name, cancellationToken).ConfigureAwait(false);
        }

        TimeSpan? deadline = DeadlineSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        WorkerRecord worker = await session.Engine.DrainWorkerAsync(name, deadline, CancelRun, cancellationToken).ConfigureAwait(false);
        if (Wait && await session.Engine.WaitForDrainAsync(worker, cancellationToken).ConfigureAwait(false) is { Count: > 0 } left)
        {
            throw new OctoWorkersException(
                EngineError.InUse,
                $"Worker '{worker.Name}' is still used by {string.Join(", ", left.Select(lease => lease.Run).Distinct())}, and its deadline has passed. Wait for these runs, or cancel them.",
                worker.Name);
        }

        return worker;
    }
}
