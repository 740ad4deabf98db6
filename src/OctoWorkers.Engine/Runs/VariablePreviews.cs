using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>What the steps of a run that does not exist would see.</summary>
internal static class VariablePreviews
{
    private const string Mask = "********";

    /// <exception cref="OctoWorkersException"><see cref="EngineError.StepNotFound"/> when there is no such step.</exception>
    public static IReadOnlyList<VariablePreview> Of(RunRequest request, string? step, DeploymentTargetRecord? target, ITemplateText text)
    {
        IReadOnlyList<VariableResolution> all =
            RunVariables.Preview(request, step is null ? null : Number(request.Snapshot, step), target);
        StepVariables masked = StepVariables.Open(all.Select(variable => variable.Resolved).OfType<ResolvedVariable>(), static _ => Mask);
        return [.. all.Select(variable => new VariablePreview(
            variable.Name, variable.Resolved,
            variable.Resolved is { Winner.Definition: { Kind: not VariableKind.Sensitive } winner } ? Evaluated(winner.Value ?? "", masked, text) : null)
        {
            Conflict = variable.Tie?.Message, Others = variable.Others,
        })];
    }

    /// <summary>Why the run would leave a deployment target out, of whatever health it is; null when a step would run for it.</summary>
    public static string? WhyLeftOut(RunRequest request, string? step, DeploymentTargetRecord target)
    {
        RunbookDefinition runbook = request.Snapshot;
        if (step is not null && runbook.Steps[Number(runbook, step) - 1] is { Targets: null } other)
        {
            return $"step '{other.Name}' is not about deployment targets";
        }

        TargetSelection selection = TargetSelection.Of(request, [target]);
        string?[] reasons =
        [
            .. runbook.Steps.Index()
                .Where(one => one.Item.Targets is not null && (step is null || EntityName.Comparer.Equals(one.Item.Name, step)))
                .Select(one => selection.WhyLeftOut(one.Index + 1, one.Item, target)),
        ];
        return reasons.Length == 0 ? $"no step of runbook '{runbook.Name}' is about deployment targets"
            : reasons.All(reason => reason is not null) ? string.Join("; ", reasons.Distinct())
            : null;
    }

    private static string Evaluated(string value, StepVariables variables, ITemplateText text)
    {
        try
        {
            return value.Contains("#{", StringComparison.Ordinal) ? text.Evaluate(value, variables).Text : value;
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.TemplateInvalid)
        {
            return value;
        }
    }

    private static int Number(RunbookDefinition runbook, string step)
    {
        int number = 1 + runbook.Steps.TakeWhile(one => !EntityName.Comparer.Equals(one.Name, step)).Count();
        string hint = NearestWord.Hint(step, runbook.Steps.Select(one => one.Name));
        return number <= runbook.Steps.Count
            ? number
            : throw new OctoWorkersException(
                EngineError.StepNotFound, $"Runbook '{runbook.Name}' has no step {FoundText.Quote(step)}{(hint.Length == 0 ? "." : hint)}", step);
    }
}
