using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Adds a runbook: <c>New-Runbook 'Deploy' { New-RunbookStep 'Say hello' -Bash 'echo hello' }</c>.</summary>
[Cmdlet(VerbsCommon.New, "Runbook", SupportsShouldProcess = true)]
[OutputType(typeof(RunbookRecord))]
public sealed class NewRunbookCommand : RunbookDefinitionCommand
{
    /// <summary>The runbook's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Step")]
    public override ScriptBlock? StepBlock { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        RunbookDefinition definition = Defined(new(Name, Steps!));
        if (await pipeline.ShouldProcessAsync($"Runbook '{Name}'", "Add").ConfigureAwait(false))
        {
            await pipeline.WriteObjectAsync(
                await RunbookDefinitions.PutAsync(session, definition, mustBeNew: true, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
