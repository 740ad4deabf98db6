using System.Management.Automation;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookVariable;

/// <summary>Gets the values of variables, of all variable sets and runbooks or of some. Secrets are not shown.</summary>
[Cmdlet(VerbsCommon.Get, "RunbookVariable", DefaultParameterSetName = "All")]
[OutputType(typeof(RunbookVariableValue))]
public sealed class GetRunbookVariableCommand : EngineCmdlet
{
    /// <summary>Names of variables; wildcards are allowed. All, when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "All")]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Set")]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Runbook")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VariableNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only those of this variable set.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Set")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VariableSetNameCompleter))]
    public string? Set { get; set; }

    /// <summary>Only those of this runbook.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Runbook")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string? Runbook { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        List<RunbookVariableValue> values = [];
        if (Runbook is null)
        {
            IReadOnlyList<VariableSetRecord> sets = await session.Store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false);
            sets = Set is null ? sets : [NameSelection.Require(sets, set => set.Definition.Name, Set, EngineError.VariableSetNotFound, "variable set")];
            values.AddRange(sets.SelectMany(set => set.Definition.Variables.Select(variable => RunbookVariableValue.Of(variable, set.Definition.Name, null))));
        }

        if (Set is null)
        {
            IReadOnlyList<RunbookRecord> runbooks = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
            runbooks = Runbook is null ? runbooks : [NameSelection.Require(runbooks, one => one.Definition.Name, Runbook, EngineError.RunbookNotFound, "runbook")];
            values.AddRange(runbooks.SelectMany(one => one.Definition.Variables.Select(variable => RunbookVariableValue.Of(variable, null, one.Definition.Name))));
        }

        await NameSelection.WriteAsync(values, value => value.Name, Name, EngineError.VariableNotFound, "variable", pipeline).ConfigureAwait(false);
    }
}
