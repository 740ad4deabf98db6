namespace OctoWorkers.Engine.Runs;

/// <summary>How a plan changes when draws take the place of others.</summary>
internal static class RunPlans
{
    public static RunPlan Replace(RunPlan plan, WorkerDraw draw) => new(
        [.. plan.Steps.Select(step => step.Key == draw.Key ? step with { Worker = draw.Worker, WorkerName = draw.WorkerName } : step)],
        [.. plan.Draws.Select(old => old.Key == draw.Key ? draw : old)]);

    /// <summary>The plan after workers were drawn again: steps that have ended stay as they were planned.</summary>
    public static RunPlan Again(RunPlan plan, RunPlan again, Func<int, bool> hasEnded) => new(
        [.. plan.Steps.Select(step => hasEnded(step.Number) ? step : again.Steps.FirstOrDefault(one => one.Number == step.Number) ?? step)],
        [.. again.Draws, .. plan.Draws.Where(old => !again.Draws.Any(draw => draw.Key == old.Key))]);
}
