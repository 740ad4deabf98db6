using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Gets runbooks.</summary>
[Cmdlet(VerbsCommon.Get, "Runbook")]
[OutputType(typeof(RunbookRecord))]
public sealed class GetRunbookCommand : EngineCmdlet
{
    /// <summary>Names; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
        => await NameSelection.WriteAsync(
            await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false),
            record => record.Definition.Name, Name, EngineError.RunbookNotFound, "runbook", pipeline).ConfigureAwait(false);
}
