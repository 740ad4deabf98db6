using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Lets workers take steps again.</summary>
[Cmdlet(VerbsLifecycle.Enable, "Worker", SupportsShouldProcess = true)]
[OutputType(typeof(WorkerRecord))]
public sealed class EnableWorkerCommand : WorkerStateCommand
{
    private protected override WorkerState Target => WorkerState.Enabled;

    private protected override string Action => "Enable";
}
