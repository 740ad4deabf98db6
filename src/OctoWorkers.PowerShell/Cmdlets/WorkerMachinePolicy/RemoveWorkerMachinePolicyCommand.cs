using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerMachinePolicy;

/// <summary>Removes machine policies.</summary>
[Cmdlet(VerbsCommon.Remove, "WorkerMachinePolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkerMachinePolicyCommand : EngineCmdlet
{
    /// <summary>Names of the machine policies.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<MachinePolicyRecord> all = await session.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.RemoveEachAsync(
            Name, "Machine policy", name => Named.MachinePolicy(all, name).Definition.Name, name => session.Store.RemoveMachinePolicyAsync(name, cancellationToken)).ConfigureAwait(false);
    }
}
