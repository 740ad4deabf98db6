using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// The truth of steps' conditions. Each is found once, when its step could begin: what steps beside it set later does not change it. A process that takes the run over
/// before the step has begun finds it anew.
/// </summary>
internal sealed class StepConditions(RunRecord run, ITemplateText text, ISecretProtector secrets)
{
    private readonly Dictionary<int, ConditionTruth> found = [];

    /// <summary>The truth of a step's condition.</summary>
    public ConditionTruth Of(RunState state, StepState step)
    {
        if (!found.TryGetValue(step.Number, out ConditionTruth? truth))
        {
            found.Add(step.Number, truth = Evaluate(state, step));
        }

        return truth;
    }

    private ConditionTruth Evaluate(RunState state, StepState step)
    {
        try
        {
            StepVariables variables = StepVariables.Open(RunVariables.Of(run, state, step.Number, null), secrets.Open);
            return new(text.Evaluate(step.Definition.ConditionExpression ?? "", variables).IsTrue, null);
        }
        catch (OctoWorkersException e) when (e.Error is EngineError.TemplateInvalid or EngineError.VariableConflict or EngineError.SecretUnreadable)
        {
            return new(false, $"Its condition cannot be evaluated: {e.Message}");
        }
    }
}
