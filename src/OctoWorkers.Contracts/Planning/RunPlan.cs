namespace OctoWorkers;

/// <summary>Which worker runs which step, and why.</summary>
/// <param name="Steps">Every step that was planned, in order.</param>
/// <param name="Draws">The draws made, in order; one for each lease key.</param>
public sealed record RunPlan(IReadOnlyList<PlannedStep> Steps, IReadOnlyList<WorkerDraw> Draws);
