using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Workers;

/// <summary>Draws a worker by the rules of a run's plan (semantics, section 2), without a run: the cursor moves, and no lease is held.</summary>
/// <param name="store">The store.</param>
/// <param name="health">Checks workers of unknown health, as before a run is planned.</param>
internal sealed class WorkerSelection(IStore store, WorkerHealthChecker health)
{
    private const string StepName = "the selection";

    // A turn that belongs to no runbook; numbers of runbooks begin with 1.
    private static readonly RunbookId NoRunbook = new(0);

    internal async Task<WorkerDraw> PreviewAsync(WorkerRequest request, IReadOnlyList<WorkerRecord> workers, CancellationToken cancellationToken)
    {
        RunbookId turn = await TurnAsync(request, cancellationToken).ConfigureAwait(false);
        RunRequest run = AsRun(request, turn);
        PlanningFacts facts = await store.GetPlanningFactsAsync(turn, cancellationToken).ConfigureAwait(false);
        return Only(() => RunPlanner.Preview(run.Snapshot, run.Environment.Name, run.SkippedSteps, facts with { Workers = workers, BuiltInWorker = health.BuiltIn }));
    }

    internal async Task<WorkerDraw> DrawAsync(WorkerRequest request, EngineSettings settings, CancellationToken cancellationToken)
    {
        RunbookId turn = await TurnAsync(request, cancellationToken).ConfigureAwait(false);
        RunRequest run = AsRun(request, turn);
        IReadOnlyList<WorkerRecord> due = (await health.FindDueAsync(run, settings, cancellationToken).ConfigureAwait(false)).Due;
        await health.CheckAsync(due, run.Snapshot, cancellationToken).ConfigureAwait(false);
        return await store.DrawAsync(
            turn,
            facts => Only(() => RunPlanner.Plan(run.Snapshot, run.Environment.Name, run.SkippedSteps, facts with { BuiltInWorker = health.BuiltIn })),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunbookId> TurnAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        if (request.Pool is { } pool)
        {
            // Here, since the planner would speak of a step that nobody has written.
            Named.Pool(await store.GetPoolsAsync(cancellationToken).ConfigureAwait(false), pool);
        }

        return request.Runbook is { } name
            ? Named.Runbook(await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false), name).Id
            : NoRunbook;
    }

    // A step that runs another runbook demands no interpreter by itself: what is asked for is all that counts.
    private static RunRequest AsRun(WorkerRequest request, RunbookId turn)
    {
        StepDefinition step = new(StepName, new RunRunbookAction(StepName)) { Pool = request.Pool, Packages = request.Packages, Demands = request.Demands };
        return new(turn, new RunbookDefinition(request.Runbook ?? StepName, [step]), new EnvironmentRecord(default, StepName, ""));
    }

    // Nobody wrote a step, so nobody is told of one.
    private static WorkerDraw Only(Func<RunPlan> plan)
    {
        string aboutStep = RunPlanner.Unplannable(StepName);
        try
        {
            return plan().Draws[0];
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.NoEligibleWorker && e.Message.StartsWith(aboutStep, StringComparison.Ordinal))
        {
            throw new OctoWorkersException(e.Error, $"No worker can be drawn{e.Message[aboutStep.Length..]}", e.Subject, e);
        }
    }
}
