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

    private protected override WorkerState Target => Drain ? WorkerState.Draining : WorkerState.Disabled;

    private protected override string Action => Drain ? "Drain" : "Disable";
}
