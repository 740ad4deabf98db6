using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Removes runbooks. Their runs stay.</summary>
[Cmdlet(VerbsCommon.Remove, "Runbook", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveRunbookCommand : EngineCmdlet
{
    /// <summary>Names of the runbooks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunbookRecord> all = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.RemoveEachAsync(
            Name, "Runbook", name => Named.Runbook(all, name).Definition.Name, name => session.Store.RemoveRunbookAsync(name, cancellationToken)).ConfigureAwait(false);
    }
}
