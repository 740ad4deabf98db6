using System.Collections.Immutable;

namespace OctoWorkers.Engine.Runs;

/// <summary>How a plan changes when draws take the place of others.</summary>
internal static class RunPlans
{
    public static RunPlan Replace(RunPlan plan, WorkerDraw draw) => new(
        [.. plan.Steps.Select(step => step.Key == draw.Key ? step with { Worker = draw.Worker, WorkerName = draw.WorkerName } : step)],
        [.. plan.Draws.Select(old => old.Key == draw.Key ? draw : old)]);

    /// <summary>The parts of steps that a plan makes: one for each deployment target of each step.</summary>
    public static ImmutableArray<StepState> PartsOf(RunPlan plan, ImmutableArray<StepState> steps)
        =>
        [
            .. from planned in plan.Steps
               from target in planned.Targets ?? []
               orderby target.Number
               select new StepState(target.Number, steps[planned.Number - 1].Definition) { Target = target, Of = planned.Number },
        ];

    /// <summary>The deployment targets that steps of a plan run for, as machines.</summary>
    public static IEnumerable<WorkerId> TargetsIn(RunPlan plan)
        => plan.Steps.SelectMany(step => step.Targets ?? []).Select(target => target.Target.Machine).Distinct();

    /// <summary>The deployment targets that were chosen, by the numbers of the steps.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<PlannedTarget>> ChosenTargets(RunPlan plan)
        => plan.Steps.Where(step => step.Targets is not null).ToDictionary(step => step.Number, step => step.Targets!);

    /// <summary>The plan after workers were drawn again: steps that have ended stay as they were planned.</summary>
    public static RunPlan Again(RunPlan plan, RunPlan again, Func<int, bool> hasEnded) => new(
        [.. plan.Steps.Select(step => hasEnded(step.Number) || again.Steps.FirstOrDefault(one => one.Number == step.Number) is not { } anew ? step
            : anew with { Packages = anew.Packages.Count > 0 ? anew.Packages : step.Packages, SkippedTargets = step.SkippedTargets })],
        [.. again.Draws, .. plan.Draws.Where(old => !again.Draws.Any(draw => draw.Key == old.Key))]);
}
