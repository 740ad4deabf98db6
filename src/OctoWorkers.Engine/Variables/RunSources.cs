using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Variables;

/// <summary>The values that a run brings along: they do not change while it lasts.</summary>
public static class RunSources
{
    /// <summary>Those given on it, those of its runbook and those of its variable sets.</summary>
    /// <param name="request">The run's request.</param>
    public static IReadOnlyList<SourcedVariable> Of(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(request.Variables, request.Snapshot, request.VariableSets.Select(set => set.Definition));
    }

    /// <summary>Those of a runbook and of variable sets, and others that are given.</summary>
    /// <param name="given">Values given on a run.</param>
    /// <param name="runbook">The runbook.</param>
    /// <param name="sets">The sets that it includes, the default one among them.</param>
    public static IReadOnlyList<SourcedVariable> Of(
        IEnumerable<VariableDefinition> given, RunbookDefinition runbook, IEnumerable<VariableSetDefinition> sets)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(runbook);
        ArgumentNullException.ThrowIfNull(sets);
        string place = $"runbook {FoundText.Quote(runbook.Name)}";
        return
        [
            .. given.Select(value => new SourcedVariable(VariableSource.Given, "the run", value)),
            .. runbook.Variables.Select(value => new SourcedVariable(VariableSource.Runbook, place, value)),
            .. sets.SelectMany(set => set.Variables.Select(
                value => new SourcedVariable(VariableSource.VariableSet, $"variable set {FoundText.Quote(set.Name)}", value))),
        ];
    }
}
