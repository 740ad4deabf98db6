namespace OctoWorkers.Engine.Planning;

/// <summary>Finds values that tie before a run is created, as far as they do on every worker; the plan finds the others.</summary>
internal static class RequestTies
{
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/>: it names both values and their places.</exception>
    internal static void Check(RunRequest request)
    {
        string environment = request.Environment.Name;
        PoolVariables variables = new(request.Snapshot, environment, PlanningScope.Of(request));
        if (!variables.MayTie)
        {
            return;
        }

        StepApplicability applicability = new(request.Snapshot, environment, request.SkippedSteps, request.Tenant);
        foreach ((int index, StepDefinition step) in request.Snapshot.Steps.Index())
        {
            if (applicability.SkipReason(index + 1) is null)
            {
                variables.CheckTies(step);
            }
        }
    }
}
