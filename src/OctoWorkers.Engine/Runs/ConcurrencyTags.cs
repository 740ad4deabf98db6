using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>The concurrency tag of a run: the variable of that name as it is when the run is asked for.</summary>
internal static class ConcurrencyTags
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "Octopus.Task.ConcurrencyTag";

    private const int MaxLength = 200;

    /// <summary>The tag; null when the variable has no value there, or an empty one.</summary>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InvalidArgument"/> when it is a secret, too long, or refers to what is not there; <see cref="EngineError.VariableConflict"/>.
    /// </exception>
    public static string? Of(RunRequest request, ISecretProtector secrets, ITemplateText text)
    {
        // Most runs have none: then their other variables are not looked at before they begin.
        if (!RunSources.Of(request).Any(value => EntityName.Comparer.Equals(value.Definition.Name, Variable)))
        {
            return null;
        }

        IReadOnlyList<VariableResolution> all = RunVariables.Preview(request, null, null);
        VariableResolution one = all.FirstOrDefault(variable => EntityName.Comparer.Equals(variable.Name, Variable));
        if (one.Tie is not null)
        {
            throw one.Tie;
        }

        if (one.Resolved is not { } found)
        {
            return null;
        }

        IReadOnlyList<ResolvedVariable> resolved = [.. all.Select(variable => variable.Resolved).OfType<ResolvedVariable>()];

        StepVariables variables = StepVariables.Open(resolved, secrets.Open);
        EvaluatedText tag = text.Evaluate(variables.Values[Variable], variables);
        string shown = tag.Text.Trim();
        if (found.Winner.Definition.Kind == VariableKind.Sensitive || tag.IsSensitive)
        {
            throw Unusable("is a secret, and lists of runs show it. Give it a value that may be shown");
        }

        if (tag.Unresolved.Count > 0)
        {
            throw Unusable($"refers to {string.Join(", ", tag.Unresolved.Select(name => FoundText.Quote(name)))}, which has no value when a run is asked for. Give it one");
        }

        return shown.Length > MaxLength ? throw Unusable($"has {shown.Length} characters; it may have {MaxLength} at the most")
            : shown.Any(char.IsControl) ? throw Unusable("has characters that cannot be shown. Give it one line of text")
            : shown.Length == 0 ? null
            : shown;
    }

    private static OctoWorkersException Unusable(string why) => new(EngineError.InvalidArgument, $"The variable '{Variable}' {why}.", Variable);
}
