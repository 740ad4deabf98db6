namespace OctoWorkers.Engine.Planning;

/// <summary>
/// Chooses the worker of every step of a run: pure, so that showing a plan, running it and testing it are the same thing. Source of the rules:
/// semantics, sections 1 and 2 (Octopus's "Workers explained").
/// </summary>
public static class RunPlanner
{
    /// <summary>Plans a run.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="environment">Name of the environment it runs in.</param>
    /// <param name="skippedSteps">Numbers of steps that are not to run, with the reason of each.</param>
    /// <param name="facts">The store's facts.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.EnvironmentNotAllowed"/>, <see cref="EngineError.WorkerPoolNotFound"/>, <see cref="EngineError.NoEligibleWorker"/>.
    /// </exception>
    public static RunPlan Plan(
        RunbookDefinition runbook, string environment, IReadOnlyDictionary<int, string> skippedSteps, PlanningFacts facts)
        => throw new NotImplementedException();

    /// <summary>Draws another worker for a key whose worker was lost before it was used.</summary>
    /// <param name="lost">The draw to replace.</param>
    /// <param name="unreachable">Workers that are not to be drawn: those already found unreachable, among them the lost one.</param>
    /// <param name="facts">The store's facts.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleWorker"/>.</exception>
    public static WorkerDraw Redraw(WorkerDraw lost, IReadOnlyCollection<WorkerId> unreachable, PlanningFacts facts)
        => throw new NotImplementedException();
}
