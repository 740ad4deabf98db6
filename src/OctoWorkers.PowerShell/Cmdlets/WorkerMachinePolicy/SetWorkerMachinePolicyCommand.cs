using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerMachinePolicy;

/// <summary>Changes machine policies. What is not given stays.</summary>
[Cmdlet(VerbsCommon.Set, "WorkerMachinePolicy", SupportsShouldProcess = true)]
[OutputType(typeof(MachinePolicyRecord))]
public sealed class SetWorkerMachinePolicyCommand : WorkerMachinePolicyDefinitionCommand
{
    /// <summary>Names of the machine policies.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Also writes the changed machine policies.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<MachinePolicyRecord> all = await session.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.ForEachAsync(Name, async name =>
        {
            MachinePolicyDefinition then = Defined(
                NameSelection.Require(all, one => one.Definition.Name, name, EngineError.MachinePolicyNotFound, "machine policy").Definition);
            if (await pipeline.ShouldProcessAsync($"Machine policy '{then.Name}'", "Change").ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(
                    PassThru, await session.Store.PutMachinePolicyAsync(then, mustBeNew: false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
