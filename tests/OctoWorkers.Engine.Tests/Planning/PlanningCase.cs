using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Tests.Planning;

/// <summary>Random facts and a runbook to plan with them.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Runbook">The runbook.</param>
/// <param name="SkippedSteps">The steps to skip.</param>
internal sealed record PlanningCase(PlanningFacts Facts, RunbookDefinition Runbook, IReadOnlyDictionary<int, string> SkippedSteps)
{
    internal PlanOutcome Plan() => PlanOutcome.Of(() => RunPlanner.Plan(Runbook, PlanningWorld.Production, SkippedSteps, Facts));

    internal PlanOutcome Preview() => PlanOutcome.Of(() => RunPlanner.Preview(Runbook, PlanningWorld.Production, SkippedSteps, Facts));

    /// <summary>The members of a pool that rules, written down once more, allow to be drawn.</summary>
    internal HashSet<WorkerId> Eligible(WorkerPoolId pool)
    {
        HashSet<WorkerId> well = [.. Facts.Workers
            .Where(worker => worker is { State: WorkerState.Enabled, Health.Status: HealthStatus.Healthy or HealthStatus.HasWarnings })
            .Select(worker => worker.Id)];
        return [.. PoolOf(pool).Members.Select(member => member.Worker).Where(well.Contains)];
    }

    internal WorkerPoolRecord PoolOf(WorkerPoolId id) => Facts.Pools.Single(pool => pool.Id == id);

    /// <summary>The facts after a plan, as a store keeps them.</summary>
    internal PlanningCase After(RunPlan plan)
    {
        Dictionary<WorkerPoolId, PoolCursor> cursors = new(Facts.Cursors);
        foreach (WorkerDraw draw in plan.Draws.Where(draw => draw.After is not null))
        {
            cursors[draw.Pool] = draw.After!;
        }

        return this with { Facts = Facts with { Cursors = cursors } };
    }

    public override string ToString()
        => $"Facts: {FactsText.Of(Facts)}\nRunbook: " + string.Join("; ", Runbook.Steps.Select(step =>
            $"{step.Name} pool={step.Pool} packages=[{string.Join(',', step.Packages.Select(package => $"{package.Feed}/{package.PackageId}"))}] disabled={step.Disabled}"))
            + $"\nSkipped: {string.Join(',', SkippedSteps.Keys)}";
}
