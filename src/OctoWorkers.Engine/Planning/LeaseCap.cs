using System.Globalization;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Planning;

/// <summary>
/// After how many steps of one lease key another worker is drawn for the next ones (semantics, section 2). The steps that share a draw have a key of their
/// own: that of the first ones is the key itself, the others have the number of the draw behind it.
/// </summary>
internal sealed class LeaseCap
{
    /// <summary>The variable that sets it.</summary>
    internal const string Variable = "Octopus.Deployment.WorkerLeaseCap";

    private readonly int most;
    private readonly Dictionary<LeaseKey, int> steps = [];

    private LeaseCap(int most) => this.most = most;

    /// <summary>That of a run; a value of 0, an empty one and none mean that there is no cap.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the value is no number; <see cref="EngineError.VariableConflict"/>.</exception>
    internal static LeaseCap Of(RunbookDefinition runbook, string environment, PlanningScope scope)
    {
        SourcedVariable[] values = [.. scope.Variables.Where(value => EntityName.Comparer.Equals(value.Definition.Name, Variable))];
        string? text = values.Length == 0 ? null
            : VariableResolver.ResolveOne(values, ScopeContext.Of(runbook.Name, environment, scope.Tenant))?.Winner.Definition.Value?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return new(0);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int most)
            ? new(most)
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition,
                $"The variable '{Variable}' is {FoundText.Quote(text)}; it must be a whole number: of steps on one worker, or 0 for as many as there are.", Variable);
    }

    /// <summary>The key that the next step of a key draws by.</summary>
    internal LeaseKey Next(LeaseKey key)
    {
        if (most == 0)
        {
            return key;
        }

        int before = steps.GetValueOrDefault(key);
        steps[key] = before + 1;
        return before < most ? key : new($"{key}#{(1 + (before / most)).ToString(CultureInfo.InvariantCulture)}");
    }
}
