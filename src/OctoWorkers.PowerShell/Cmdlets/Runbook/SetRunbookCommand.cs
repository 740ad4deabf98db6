using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Changes runbooks. What is not given stays; runs that were created before keep the runbook as it was.</summary>
[Cmdlet(VerbsCommon.Set, "Runbook", SupportsShouldProcess = true)]
[OutputType(typeof(RunbookRecord))]
public sealed class SetRunbookCommand : RunbookDefinitionCommand
{
    /// <summary>Names of the runbooks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Position = 1)]
    [Alias("Step")]
    public override ScriptBlock? StepBlock { get; set; }

    /// <summary>Also writes the changed runbooks.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunbookRecord> all = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        await pipeline.ForEachAsync(Name, async name =>
        {
            RunbookDefinition now = NameSelection.Require(all, one => one.Definition.Name, name, EngineError.RunbookNotFound, "runbook").Definition;
            RunbookDefinition then = Defined(Steps is null ? now : now.WithSteps(Steps));
            if (await pipeline.ShouldProcessAsync($"Runbook '{now.Name}'", "Change").ConfigureAwait(false))
            {
                await pipeline.PassThruAsync(
                    PassThru, await RunbookDefinitions.PutAsync(session, then, mustBeNew: false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }
}
