namespace OctoWorkers.Engine.Planning;

/// <summary>
/// Chooses the worker, or the deployment targets, of every step of a run: pure, so that showing a plan, running it and testing it are the same thing. Source of the rules:
/// semantics, sections 1 and 2 (Octopus's "Workers explained").
/// </summary>
public static class RunPlanner
{
    /// <summary>Plans a run.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="environment">Name of the environment it runs in.</param>
    /// <param name="skippedSteps">Numbers of steps that are not to run, with the reason of each.</param>
    /// <param name="facts">The store's facts. Workers of unknown health are not eligible: they are checked before the facts are read.</param>
    /// <param name="scope">The run's tenant and variables; null: none.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.EnvironmentNotAllowed"/>, <see cref="EngineError.WorkerPoolNotFound"/>, <see cref="EngineError.NoEligibleWorker"/>, <see cref="EngineError.NoEligibleTarget"/>;
    /// <see cref="EngineError.StepNotFound"/> when a skipped step does not exist; <see cref="EngineError.VariableNotFound"/> and
    /// <see cref="EngineError.InvalidDefinition"/> when a worker-pool variable gives no pool, or the cap of leases is no number; <see cref="EngineError.VariableConflict"/> when values tie.
    /// </exception>
    public static RunPlan Plan(
        RunbookDefinition runbook, string environment, IReadOnlyDictionary<int, string> skippedSteps, PlanningFacts facts, PlanningScope? scope = null)
        => Plan(runbook, environment, skippedSteps, facts, scope ?? PlanningScope.None, WorkerEligibility.ForRun);

    /// <summary>
    /// Shows the plan that a run would get, and checks nothing: workers whose health is unknown count as eligible, and the reason of a draw that
    /// picks one says that it would be checked.
    /// </summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="environment">Name of the environment it would run in.</param>
    /// <param name="skippedSteps">Numbers of steps that are not to run, with the reason of each.</param>
    /// <param name="facts">The store's facts.</param>
    /// <param name="scope">The run's tenant and variables; null: none.</param>
    /// <exception cref="OctoWorkersException">As for <see cref="Plan(RunbookDefinition, string, IReadOnlyDictionary{int, string}, PlanningFacts, PlanningScope)"/>.</exception>
    public static RunPlan Preview(
        RunbookDefinition runbook, string environment, IReadOnlyDictionary<int, string> skippedSteps, PlanningFacts facts, PlanningScope? scope = null)
        => Plan(runbook, environment, skippedSteps, facts, scope ?? PlanningScope.None, WorkerEligibility.ForPreview);

    /// <summary>Draws another worker for a key whose worker was lost before it was used.</summary>
    /// <param name="lost">The draw to replace; key and pool stay.</param>
    /// <param name="unreachable">Workers that are not to be drawn: those already found unreachable, among them the lost one.</param>
    /// <param name="facts">The store's facts; the draw goes on from their cursor, not from that of the lost draw.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleWorker"/>, also when the pool is gone.</exception>
    public static WorkerDraw Redraw(WorkerDraw lost, IReadOnlyCollection<WorkerId> unreachable, PlanningFacts facts)
    {
        ArgumentNullException.ThrowIfNull(lost);
        ArgumentNullException.ThrowIfNull(unreachable);
        ArgumentNullException.ThrowIfNull(facts);

        string need = $"Worker '{lost.WorkerName}' could not be reached and cannot be replaced";
        WorkerPoolRecord pool = facts.Pools.FirstOrDefault(candidate => candidate.Id == lost.Pool)
            ?? throw new OctoWorkersException(
                EngineError.NoEligibleWorker, $"{need}: its pool '{lost.PoolName}' no longer exists. Run the runbook again.", lost.PoolName);
        WorkerDraws draws = new(facts, WorkerEligibility.Without([.. unreachable, lost.Worker]));
        WorkerDraw draw = draws.Draw(lost.Key, pool, lost.Demands, need);
        return draw with { Reason = $"in place of {lost.WorkerName}, which could not be reached: {draw.Reason}" };
    }

    /// <summary>Whether an error says that there can be no plan, rather than that something broke.</summary>
    internal static bool Refuses(EngineError error) => error is EngineError.NoEligibleWorker or EngineError.NoEligibleTarget or EngineError.WorkerPoolNotFound
        or EngineError.EnvironmentNotAllowed or EngineError.InvalidArgument or EngineError.InvalidDefinition
        or EngineError.VariableNotFound or EngineError.VariableConflict;

    /// <summary>How the message begins that says why a step gets no worker.</summary>
    internal static string Unplannable(string step) => $"Step '{step}' cannot be planned";

    /// <summary>What a step needs; not whether it runs.</summary>
    internal static StepNeed NeedOf(int number, StepDefinition step, PoolSelection pools)
    {
        (WorkerPoolRecord pool, string reason) = pools.Select(step);
        return new(number, step, pool, reason, LeaseKey.Of(pool.Id, step.Packages), StepNeed.DemandsOf(step));
    }

    private static RunPlan Plan(
        RunbookDefinition runbook,
        string environment,
        IReadOnlyDictionary<int, string> skippedSteps,
        PlanningFacts facts,
        PlanningScope scope,
        WorkerEligibility eligibility)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(skippedSteps);
        ArgumentNullException.ThrowIfNull(facts);
        StepApplicability applicability = new(runbook, environment, skippedSteps, scope.Tenant);
        PoolVariables variables = new(runbook, environment, scope);
        PoolSelection pools = new(facts.Pools, variables);
        WorkerDraws draws = new(facts, eligibility);
        string?[] skipped = [.. Enumerable.Range(1, runbook.Steps.Count).Select(applicability.SkipReason)];
        TargetSelection selection = new(runbook.Steps.Count, environment, facts, scope, eligibility);
        TargetChoice?[] targets = [.. runbook.Steps.Select((step, index) => step.Targets is null || skipped[index] is not null ? null : selection.Choose(index + 1, step))];
        skipped = [.. skipped.Zip(targets, (reason, choice) => reason ?? choice?.SkipReason)];
        UnfinishedWork.Require(runbook, scope, skipped);
        List<StepNeed> needs =
            [.. runbook.Steps.Index().Where(step => skipped[step.Index] is null && step.Item.DrawsWorker()).Select(step => NeedOf(step.Index + 1, step.Item, pools))];
        KeyDemands demands = new(needs, draws);
        LeaseCap cap = LeaseCap.Of(runbook, environment, scope);
        Dictionary<int, StepNeed> byNumber = needs.ToDictionary(need => need.Number);
        List<PlannedStep> steps = new(runbook.Steps.Count);
        for (int number = 1; number <= runbook.Steps.Count; number++)
        {
            StepDefinition step = runbook.Steps[number - 1];
            if (skipped[number - 1] is { } reason)
            {
                steps.Add(new(number, step.Name, reason, null, null, null, null, null) { SkippedTargets = targets[number - 1]?.Skipped ?? [] });
                continue;
            }

            if (step.Action is ManualAction)
            {
                steps.Add(new(number, step.Name, null, null, "a person answers; no worker is needed", null, null, null));
                continue;
            }

            TargetChoice? choice = targets[number - 1];
            foreach (PlannedTarget target in choice?.Targets ?? [])
            {
                variables.CheckTies(step, target.Name, target.Tags);
            }

            if (!step.DrawsWorker())
            {
                steps.Add(new(number, step.Name, null, null, "it runs on its deployment targets; no worker is needed", null, null, null)
                {
                    Targets = choice!.Targets, SkippedTargets = choice.Skipped,
                });
                continue;
            }

            StepNeed need = byNumber[number];
            (LeaseKey key, IReadOnlyList<CapabilityDemand> wanted) = demands.Of(need);
            key = cap.Next(key);
            WorkerDraw draw = draws.Draw(key, need.Pool, wanted, Unplannable(step.Name));
            if (choice is null)
            {
                variables.CheckTies(step, draw.WorkerName, []);
            }

            steps.Add(new(number, step.Name, null, need.Pool.Name, need.PoolReason, key, draw.Worker, draw.WorkerName)
            {
                Targets = choice?.Targets, SkippedTargets = choice?.Skipped ?? [],
            });
        }

        return new(steps, draws.Made);
    }
}
