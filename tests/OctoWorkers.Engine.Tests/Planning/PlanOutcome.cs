namespace OctoWorkers.Engine.Tests.Planning;

/// <summary>A plan, or the error instead of it.</summary>
/// <param name="Plan">The plan; null when planning failed.</param>
/// <param name="Error">The error; null when it did not.</param>
internal sealed record PlanOutcome(RunPlan? Plan, OctoWorkersException? Error)
{
    internal IReadOnlyList<WorkerDraw> Draws => Plan?.Draws ?? [];

    internal IReadOnlyList<PlannedStep> Steps => Plan?.Steps ?? [];

    internal static PlanOutcome Of(Func<RunPlan> plan)
    {
        try
        {
            return new(plan(), null);
        }
        catch (OctoWorkersException error)
        {
            return new(null, error);
        }
    }

    /// <summary>Everything it says, so that two can be compared.</summary>
    public override string ToString()
        => Plan is null
            ? $"{Error!.Error}: {Error.Message}"
            : string.Join('\n', Plan.Steps.Select(step => $"{step}").Concat(Plan.Draws.Select(draw =>
                $"{draw with { Skipped = [] }} {string.Join(';', draw.Skipped.Select(group => $"{group.Reason}: {string.Join(',', group.Names)} {group.Count}"))}")));
}
