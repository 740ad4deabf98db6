using OctoWorkers.Engine.Packages;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>The variables of the steps of a run, as its journal has them.</summary>
internal static class RunVariables
{
    /// <summary>What a step sees now.</summary>
    /// <param name="run">The run.</param>
    /// <param name="state">Its state.</param>
    /// <param name="number">The number of the step, or of its part for a deployment target.</param>
    /// <param name="machine">That deployment target, or the step's worker; null where it is not known, or the step runs in the engine.</param>
    /// <param name="packageFolders">The folders that the step's packages are in on the worker, by name; null: they are in none yet.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/>.</exception>
    public static IReadOnlyList<ResolvedVariable> Of(
        RunRecord run, RunState state, int number, WorkerRecord? machine, IReadOnlyDictionary<string, string>? packageFolders = null)
    {
        StepDefinition step = state.Step(number).Definition;
        WorkerDraw? draw = state.DrawOf(number);
        IEnumerable<(string, string)> system = SystemVariables.Of(run.Request)
            .Concat(SystemVariables.Of(run))
            .Concat(SystemVariables.Of(run.Request.Runbook, state.Step(number).Of, step))
            .Concat(draw is null ? [] : SystemVariables.Of(draw.Pool, draw.PoolName))
            .Concat(machine is null || state.MachineOf(number) is null ? [] : SystemVariables.Of(machine))
            .Concat(PackageVariables.Of(RunPreparations.PackagesOf(state, number), packageFolders ?? new Dictionary<string, string>()))
            .Concat(Statuses(state, number));
        return Resolve(RunSources.Of(run.Request).Concat(RunOutputs.Sources(state)), system, Context(run, state, number, machine));
    }

    /// <summary>What people and steps have defined of what a step sees now; where that is nothing, this costs nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="state">Its state.</param>
    /// <param name="number">The step's number.</param>
    /// <param name="worker">The step's worker.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/>, as where all variables are asked for: the engine's own never tie.</exception>
    public static IReadOnlyList<ResolvedVariable> Defined(RunRecord run, RunState state, int number, WorkerRecord worker)
    {
        SourcedVariable[] defined = [.. RunSources.Of(run.Request), .. RunOutputs.Sources(state)];
        return defined.Length == 0 ? [] : VariableResolver.Resolve(defined, Context(run, state, number, worker));
    }

    /// <summary>What a step of a run that does not exist would see, as far as that is known.</summary>
    /// <param name="request">What would be asked for.</param>
    /// <param name="number">The step's number; null: no step in particular.</param>
    /// <param name="target">The deployment target that it would be about; null: none in particular.</param>
    /// <returns>One for each variable, by name: its value, or the tie of its values.</returns>
    public static IReadOnlyList<VariableResolution> Preview(RunRequest request, int? number, DeploymentTargetRecord? target)
    {
        StepDefinition? step = number is { } known ? request.Snapshot.Steps[known - 1] : null;
        IEnumerable<(string, string)> system = SystemVariables.Of(request)
            .Concat(step is null ? [] : SystemVariables.Of(request.Runbook, number!.Value, step))
            .Concat(target is null ? [] : SystemVariables.Of(target.Machine));
        return VariableResolver.ResolveEach(
            WithSystem(RunSources.Of(request), system),
            ScopeContext.Of(request) with { Step = step?.Name, Machine = target?.Name, TargetTags = target?.Tags ?? [] });
    }

    private static IReadOnlyList<ResolvedVariable> Resolve(
        IEnumerable<SourcedVariable> defined, IEnumerable<(string Name, string Value)> system, ScopeContext context)
        => VariableResolver.Resolve(WithSystem(defined, system), context);

    private static IEnumerable<SourcedVariable> WithSystem(IEnumerable<SourcedVariable> defined, IEnumerable<(string Name, string Value)> system)
        => defined.Concat(system.Select(own => new SourcedVariable(VariableSource.System, "the engine", VariableDefinition.Kept(own.Name, own.Value))));

    private static ScopeContext Context(RunRecord run, RunState state, int number, WorkerRecord? worker) => ScopeContext.Of(run.Request) with
    {
        Step = state.Step(number).Definition.Name,
        Machine = state.Step(number).Target?.Name ?? worker?.Name ?? state.MachineOf(number)?.Name,
        TargetTags = state.Step(number).Target?.Tags ?? [],
    };

    private static IEnumerable<(string Name, string Value)> Statuses(RunState state, int number)
    {
        foreach (StepState step in state.Steps)
        {
            string name = $"Octopus.Step[{step.Definition.Name}].Status";
            yield return ($"{name}.Code", Code(step.Status));
            yield return ($"{name}.Error", step.Spoils ? step.Error ?? "" : "");
        }

        yield return ("Octopus.Step.Status.Code", Code(state.Step(number).HasEnded ? state.Step(number).Status : StepStatus.Running));
        yield return ("Octopus.Step.Status.Error", state.Step(number).Error ?? "");
        if (state.Steps.FirstOrDefault(step => step.Spoils) is { } spoiler)
        {
            yield return ("Octopus.Deployment.Error", spoiler.Error ?? "");
            yield return ("Octopus.Deployment.ErrorDetail", $"Step {spoiler.Number} '{spoiler.Definition.Name}': {spoiler.Error}");
        }
    }

    // Octopus knows no unknown outcome: there such a step has failed.
    private static string Code(StepStatus status) => (status == StepStatus.Unknown ? StepStatus.Failed : status).ToString();
}
