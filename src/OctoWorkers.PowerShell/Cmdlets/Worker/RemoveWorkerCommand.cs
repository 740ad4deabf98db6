using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Cmdlets.Machine;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Removes workers.</summary>
[Cmdlet(VerbsCommon.Remove, "Worker", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkerCommand : MachineRemovalCommand
{
    /// <summary>Names of the workers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> all = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        await RemoveAsync(
            Name, isTarget: false, pipeline, name => Named.Worker(all, name), name => session.Engine.RemoveWorkerAsync(name, Force, cancellationToken)).ConfigureAwait(false);
    }
}
