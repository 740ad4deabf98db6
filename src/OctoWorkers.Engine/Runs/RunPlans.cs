namespace OctoWorkers.Engine.Runs;

/// <summary>How a plan changes when a draw takes another's place.</summary>
internal static class RunPlans
{
    public static RunPlan Replace(RunPlan plan, WorkerDraw draw) => new(
        [.. plan.Steps.Select(step => step.Key == draw.Key ? step with { Worker = draw.Worker, WorkerName = draw.WorkerName } : step)],
        [.. plan.Draws.Select(old => old.Key == draw.Key ? draw : old)]);
}
