using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.WorkerEnvironment;

/// <summary>Removes environments.</summary>
[Cmdlet(VerbsCommon.Remove, "WorkerEnvironment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveWorkerEnvironmentCommand : EngineCmdlet
{
    /// <summary>Names of the environments.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerEnvironmentNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<EnvironmentRecord> all = await session.Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.RemoveEachAsync(
            Name, "Environment", name => Named.Environment(all, name).Name, name => session.Store.RemoveEnvironmentAsync(name, cancellationToken)).ConfigureAwait(false);
    }
}
