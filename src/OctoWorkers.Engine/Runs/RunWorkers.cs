using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Runs;

/// <summary>The workers of a run as its loop knows them, and what becomes of those that are lost before they were used.</summary>
internal sealed class RunWorkers
{
    private readonly RunRecord run;
    private readonly RunServices services;
    private readonly Dictionary<WorkerId, WorkerRecord> known;
    private readonly HashSet<WorkerId> unreachable = [];

    public RunWorkers(RunRecord run, IEnumerable<WorkerRecord> workers, RunServices services)
    {
        this.run = run;
        this.services = services;
        known = workers.ToDictionary(worker => worker.Id);
        known[WorkerRecord.BuiltInId] = WorkerRecord.BuiltIn;
    }

    /// <summary>A worker; null when it was removed.</summary>
    public WorkerRecord? Find(WorkerId worker) => known.GetValueOrDefault(worker);

    /// <summary>The worker that an attempt was started on; null when it was removed, also where another one has its name now.</summary>
    public WorkerRecord? Of(AttemptDetails attempt) => attempt.Worker is { } worker ? Find(worker) : null;

    /// <summary>The workers on which something of the run may be.</summary>
    /// <param name="reached">Those that this process has reached for the run.</param>
    /// <param name="state">The run.</param>
    /// <param name="tookOver">Whether another process may have reached others.</param>
    public IReadOnlyList<WorkerRecord> Touched(IEnumerable<WorkerId> reached, RunState state, bool tookOver)
    {
        IEnumerable<WorkerRecord?> touched = reached.Select(Find);
        if (tookOver)
        {
            touched = touched
                .Concat(state.Drawn.Select(Find))
                .Concat(state.Steps.SelectMany(step => step.Attempts).Select(Of));
        }

        return [.. touched.OfType<WorkerRecord>().DistinctBy(worker => worker.Id)];
    }

    /// <summary>A chosen worker cannot be used before its steps have started: the next eligible one is drawn (semantics, section 2).</summary>
    public async Task ReplaceAsync(RunMessage.WorkerLost lost, RunDraft draft)
    {
        unreachable.Add(lost.Worker);
        if (lost.Error.Error == EngineError.WorkerUnavailable && lost.Worker != WorkerRecord.BuiltInId)
        {
            WorkerHealth health = new(HealthStatus.Unavailable, services.Time.GetUtcNow(), lost.Error.Message, known[lost.Worker].Health.Capabilities);
            await services.Store.SetWorkerHealthAsync(lost.Worker, health, CancellationToken.None).ConfigureAwait(false);
        }

        foreach (WorkerDraw draw in draft.State.Plan!.Draws.Where(draw => draw.Worker == lost.Worker && Waiting(draw, draft.State).Any()).ToArray())
        {
            await ReplaceAsync(draw, lost.Error, draft).ConfigureAwait(false);
        }
    }

    /// <summary>Draws workers for the steps that remain, after an interruption gave all of them back (semantics, section 2).</summary>
    /// <param name="draft">Takes what was stored; where no worker can be drawn, the failure of the step.</param>
    /// <param name="step">The step that is to begin.</param>
    /// <returns>True: the draft has changed.</returns>
    public async Task<bool> DrawAgainAsync(RunDraft draft, int step)
    {
        unreachable.Clear();
        Dictionary<int, string> left = new(run.Request.SkippedSteps);
        foreach (StepState ended in draft.State.Steps.Where(one => one.HasEnded))
        {
            left[ended.Number] = "it has ended";
        }

        try
        {
            IReadOnlyList<RunEvent> events = await services.Store.PlanAsync(
                run.Id, run.FencingToken, facts => [Again(facts, left)], CancellationToken.None).ConfigureAwait(false);
            foreach (RunEvent happened in events)
            {
                draft.AddStored(happened);
            }
        }
        catch (OctoWorkersException e) when (RunPlanner.Refuses(e.Error))
        {
            draft.Add(AttemptVerdict.Finish(
                draft.State, step, StepStatus.Failed, $"No worker could be drawn again: {e.Message}", services.Time.GetUtcNow()));
        }

        return true;
    }

    private WorkersDrawnAgain Again(PlanningFacts facts, IReadOnlyDictionary<int, string> left)
    {
        Remember(facts);
        RunRequest request = run.Request;
        return new(RunPlanner.Plan(
            request.Snapshot, request.Environment.Name, left, facts with { BuiltInWorker = services.Health.BuiltIn }, PlanningScope.Of(request)))
        {
            At = services.Time.GetUtcNow(),
        };
    }

    private void Remember(PlanningFacts facts)
    {
        foreach (WorkerRecord worker in facts.Workers)
        {
            known[worker.Id] = worker;
        }
    }

    // The steps of a draw that have something to start on its worker.
    private static IEnumerable<int> Waiting(WorkerDraw draw, RunState state)
        => state.Plan!.Steps
            .Where(step => step.Key == draw.Key && state.Step(step.Number) is { HasEnded: false, ActiveAttempt: null, Held: null })
            .Select(step => step.Number);

    private async Task ReplaceAsync(WorkerDraw draw, OctoWorkersException why, RunDraft draft)
    {
        try
        {
            IReadOnlyList<RunEvent> events = await services.Store.PlanAsync(
                run.Id, run.FencingToken, facts => [Redraw(draw, facts)], CancellationToken.None).ConfigureAwait(false);
            foreach (RunEvent happened in events)
            {
                draft.AddStored(happened);
            }
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.NoEligibleWorker)
        {
            // A guided run asks about one step at a time: the answer draws anew for all of them.
            int[] waiting = [.. Waiting(draw, draft.State)];
            foreach (int step in draft.State.IsGuided ? waiting.Take(1) : waiting)
            {
                draft.Add(AttemptVerdict.Finish(draft.State, step, StepStatus.Failed, $"{why.Message} {e.Message}", services.Time.GetUtcNow()));
            }
        }
    }

    private WorkerReplaced Redraw(WorkerDraw draw, PlanningFacts facts)
    {
        Remember(facts);
        return new WorkerReplaced(draw.Worker, draw.WorkerName, RunPlanner.Redraw(draw, unreachable, facts)) { At = services.Time.GetUtcNow() };
    }
}
