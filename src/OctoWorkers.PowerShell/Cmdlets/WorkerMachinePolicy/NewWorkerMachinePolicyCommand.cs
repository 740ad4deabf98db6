using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerMachinePolicy;

/// <summary>Adds a machine policy.</summary>
[Cmdlet(VerbsCommon.New, "WorkerMachinePolicy", SupportsShouldProcess = true)]
[OutputType(typeof(MachinePolicyRecord))]
public sealed class NewWorkerMachinePolicyCommand : WorkerMachinePolicyDefinitionCommand
{
    /// <summary>Its name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        MachinePolicyDefinition definition = Defined(new(Name));
        if (await pipeline.ShouldProcessAsync($"Machine policy '{Name}'", "Add").ConfigureAwait(false))
        {
            await pipeline.WriteObjectAsync(
                await session.Store.PutMachinePolicyAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
