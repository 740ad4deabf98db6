using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerMachinePolicy;

/// <summary>Gets machine policies.</summary>
[Cmdlet(VerbsCommon.Get, "WorkerMachinePolicy")]
[OutputType(typeof(MachinePolicyRecord))]
public sealed class GetWorkerMachinePolicyCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachinePolicyNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await NameSelection.WriteAsync(
            await session.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false),
            record => record.Definition.Name, Name, EngineError.MachinePolicyNotFound, "machine policy", pipeline).ConfigureAwait(false);
}
