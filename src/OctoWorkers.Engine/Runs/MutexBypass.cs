using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Whether a step shares its machine with other steps: the variable <c>OctopusBypassDeploymentMutex</c>, given on the run, or scoped to the step or the machine.
/// Without it a worker is shared (semantics, section 3).
/// </summary>
internal static class MutexBypass
{
    private const string Name = "OctopusBypassDeploymentMutex";

    /// <summary>How a step takes the lock of its worker.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/>; <see cref="EngineError.InvalidDefinition"/> when the value is neither true nor false.</exception>
    public static LockMode ModeOf(RunRecord run, RunState state, StepState step, WorkerRecord worker, RunServices services)
    {
        if (!RunSources.Of(run.Request).Concat(RunOutputs.Sources(state)).Any(value => EntityName.Comparer.Equals(value.Definition.Name, Name)))
        {
            return LockMode.Read;
        }

        StepVariables variables = StepVariables.Open(RunVariables.Of(run, state, step.Number, worker), services.Secrets.Open);
        if (!variables.Values.TryGetValue(Name, out string? value))
        {
            return LockMode.Read;
        }

        string text = services.Text.Evaluate(value, variables).Text.Trim();
        return bool.TryParse(text, out bool bypasses) ? (bypasses ? LockMode.Read : LockMode.Write)
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"The variable '{Name}' is '{text}' for step '{step.Definition.Name}' on '{worker.Name}'; it must be True or False.", Name);
    }
}
