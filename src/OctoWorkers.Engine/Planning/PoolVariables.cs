using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Planning;

/// <summary>Resolves worker-pool variables for the steps of a plan, and finds values that tie before anything runs.</summary>
internal sealed class PoolVariables
{
    private readonly ILookup<string, SourcedVariable> byName;
    private readonly IReadOnlyList<IGrouping<string, SourcedVariable>> several;
    private readonly ScopeContext context;

    internal PoolVariables(RunbookDefinition runbook, string environment, PlanningScope scope)
    {
        byName = scope.Variables.ToLookup(value => value.Definition.Name, EntityName.Comparer);
        several = [.. byName.Where(values => values.Skip(1).Any())];
        context = ScopeContext.Of(runbook.Name, environment, scope.Tenant);
    }

    /// <summary>Whether any variable has more than one value.</summary>
    internal bool MayTie => several.Count > 0;

    /// <summary>The name of the pool that a variable gives for a step, and why it does.</summary>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.VariableNotFound"/> when no value applies: it names the scopes that were tried; <see cref="EngineError.VariableConflict"/>;
    /// <see cref="EngineError.InvalidDefinition"/> when the value is no pool.
    /// </exception>
    internal (string Pool, string Reason) Resolve(StepDefinition step, string variable)
    {
        ResolvedVariable found = VariableResolver.ResolveOne(byName[variable], context with { Step = step.Name })
            ?? throw new OctoWorkersException(EngineError.VariableNotFound, NoValue(step, variable), variable);
        VariableDefinition value = found.Winner.Definition;
        return value.Kind == VariableKind.WorkerPool || (value.Kind == VariableKind.Text && found.Winner.Source == VariableSource.Given)
            ? (value.Value!, $"worker-pool variable {FoundText.Quote(variable)}, from {found.Winner.Place}: {found.Reason}")
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition,
                $"Step '{step.Name}' draws by the variable {FoundText.Quote(variable)}, whose value in {found.Winner.Place} is no worker pool. Give that value a pool.",
                variable);
    }

    /// <summary>Looks for values that tie where a step is to run.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/>.</exception>
    internal void CheckTies(StepDefinition step, string machine, IReadOnlyList<string> targetTags)
    {
        foreach (IGrouping<string, SourcedVariable> values in several)
        {
            VariableResolver.ResolveOne(values, context with { Step = step.Name, Machine = machine, TargetTags = targetTags });
        }
    }

    /// <summary>Looks for values that tie where a step is to run, whatever its worker: a value for some machine may yet win over those of its variable.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/>.</exception>
    internal void CheckTies(StepDefinition step)
    {
        foreach (IGrouping<string, SourcedVariable> values in several)
        {
            if (values.All(value => value.Definition.Scope is { Machines.Count: 0, TargetTags.Count: 0 }))
            {
                VariableResolver.ResolveOne(values, context with { Step = step.Name });
            }
        }
    }

    private string NoValue(StepDefinition step, string variable)
    {
        string begin = $"Step '{step.Name}' draws by the worker-pool variable {FoundText.Quote(variable)}, ";
        string[] tried = [.. byName[variable].Select(value => $"{value.Place} ({ScopeMatch.Describe(value.Definition.Scope)})").Order(StringComparer.Ordinal)];
        if (tried.Length == 0)
        {
            string hint = NearestWord.Hint(variable, byName.Select(known => known.Key).Order(StringComparer.Ordinal));
            return $"{begin}which has no value{(hint.Length == 0 ? "." : hint)} Add one to the runbook or to a variable set that it includes.";
        }

        string tenant = context.Tenant is null ? "for no tenant" : $"for tenant {FoundText.Quote(context.Tenant)}";
        return $"{begin}and none of its values applies to environment {FoundText.Quote(context.Environment!)}, {tenant}, runbook {FoundText.Quote(context.Runbook!)}; "
            + $"tried: {string.Join("; ", tried)}. Add one that does.";
    }
}
