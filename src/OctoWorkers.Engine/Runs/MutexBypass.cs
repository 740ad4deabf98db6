using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Whether a step shares its machine with other steps: the variable <c>OctopusBypassDeploymentMutex</c>, given on the run, or scoped to the step or the machine.
/// Without it a worker is shared, and a deployment target as its definition says: by default it is not (semantics, section 3).
/// </summary>
internal static class MutexBypass
{
    private const string Name = "OctopusBypassDeploymentMutex";

    /// <summary>How a step takes the lock of its machine: that of its deployment target where it is for one, else that of its worker.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/>; <see cref="EngineError.InvalidDefinition"/> when the value is neither true nor false.</exception>
    public static LockMode ModeOf(RunRecord run, RunState state, StepState step, WorkerRecord machine, RunServices services)
    {
        LockMode without = step.Target is null or { BypassDeploymentMutex: true } ? LockMode.Read : LockMode.Write;
        if (!RunSources.Of(run.Request).Concat(RunOutputs.Sources(state)).Any(value => EntityName.Comparer.Equals(value.Definition.Name, Name)))
        {
            return without;
        }

        StepVariables variables = StepVariables.Open(RunVariables.Of(run, state, step.Number, machine), services.Secrets.Open);
        if (!variables.Values.TryGetValue(Name, out string? value))
        {
            return without;
        }

        string text = services.Text.Evaluate(value, variables).Text.Trim();
        return bool.TryParse(text, out bool bypasses) ? (bypasses ? LockMode.Read : LockMode.Write)
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"The variable '{Name}' is '{text}' for step '{step.Definition.Name}' on '{machine.Name}'; it must be True or False.", Name);
    }
}
