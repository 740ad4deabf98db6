using System.Management.Automation;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Variables;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookVariable;

/// <summary>Removes the value of a variable that has exactly the given scope: the unscoped one when none is given.</summary>
[Cmdlet(VerbsCommon.Remove, "RunbookVariable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveRunbookVariableCommand : RunbookVariableChangeCommand
{
    /// <summary>Removes all values of the variable.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        VariableScope? place = All ? null : Place;
        StoredDefinitions stored = await session.Store.GetDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        VariableValues.Without(ValuesNow(stored), Name, place, Owner);
        if (await pipeline.ShouldProcessAsync($"Variable '{Name}' ({(place is null ? "all values" : VariableValues.Describe(place))}) of {Owner}", "Remove").ConfigureAwait(false))
        {
            await ChangeAsync(session, mayAdd: false, (owner, values) => VariableValues.Without(values, Name, place, owner), cancellationToken).ConfigureAwait(false);
        }
    }
}
