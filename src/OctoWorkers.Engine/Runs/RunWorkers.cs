using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Runs;

/// <summary>The workers of a run as its loop knows them, and what becomes of those that are lost before they were used.</summary>
internal sealed class RunWorkers
{
    private readonly RunRecord run;
    private readonly RunServices services;
    private readonly Dictionary<WorkerId, WorkerRecord> known;
    private readonly HashSet<WorkerId> unreachable = [];
    private readonly Dictionary<WorkerId, HashSet<int>> asking = [];

    public RunWorkers(RunRecord run, IEnumerable<WorkerRecord> workers, RunServices services)
    {
        this.run = run;
        this.services = services;
        known = workers.ToDictionary(worker => worker.Id);
        known[WorkerRecord.BuiltInId] = WorkerRecord.BuiltIn;
    }

    /// <summary>A worker; null when it was removed.</summary>
    public WorkerRecord? Find(WorkerId worker) => known.GetValueOrDefault(worker);

    /// <summary>The deployment target that a part of a step is for, as a machine; null when it is for none. One that was removed is known by what was planned.</summary>
    public WorkerRecord? TargetOf(StepState step) => step.Target is not { } target ? null
        : Find(target.Target.Machine)
            ?? new(target.Target.Machine, target.Name, new LocalConnection(), [], target.Tags, WorkerState.Disabled, WorkerHealth.NeverChecked, 0) { IsTarget = true };

    /// <summary>A step, or a part of one, is about to begin on a machine, and waits for it.</summary>
    public void AskFor(WorkerId machine, int step)
    {
        if (!asking.TryGetValue(machine, out HashSet<int>? steps))
        {
            asking.Add(machine, steps = []);
        }

        steps.Add(step);
    }

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
                .Concat(state.StepsAndParts.SelectMany(step => step.Attempts).Select(Of));
        }

        return [.. touched.OfType<WorkerRecord>().DistinctBy(worker => worker.Id)];
    }

    /// <summary>A chosen worker cannot be used before its steps have started: the next eligible one is drawn (semantics, section 2).</summary>
    public async Task ReplaceAsync(RunMessage.WorkerLost lost, RunDraft draft)
    {
        unreachable.Add(lost.Worker);
        if (lost.Error.Error == EngineError.WorkerUnavailable && lost.Worker != WorkerRecord.BuiltInId)
        {
            WorkerHealth health = new(
                HealthStatus.Unavailable, services.Time.GetUtcNow(), lost.Error.Message, Find(lost.Worker)?.Health.Capabilities ?? new Dictionary<string, string>());
            await services.Store.SetWorkerHealthAsync(lost.Worker, health, CancellationToken.None).ConfigureAwait(false);
        }

        LoseTarget(lost, draft);
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

        foreach (PlannedStep without in draft.State.Plan!.Steps.Where(one => one.SkipReason is not null && draft.State.Step(one.Number).Definition.Targets is not null))
        {
            left[without.Number] = without.SkipReason!;
        }

        PlanningScope scope = PlanningScope.Of(run.Request) with { ChosenTargets = RunPlans.ChosenTargets(draft.State.Plan) };
        try
        {
            IReadOnlyList<RunEvent> events = await services.Store.PlanAsync(
                run.Id, run.FencingToken, facts => [Again(facts, left, scope)], CancellationToken.None).ConfigureAwait(false);
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

    private WorkersDrawnAgain Again(PlanningFacts facts, IReadOnlyDictionary<int, string> left, PlanningScope scope)
    {
        Remember(facts);
        RunRequest request = run.Request;
        return new(RunPlanner.Plan(
            request.Snapshot, request.Environment.Name, left, facts with { BuiltInWorker = services.Health.BuiltIn }, scope))
        {
            At = services.Time.GetUtcNow(),
        };
    }

    private void Remember(PlanningFacts facts)
    {
        foreach (WorkerRecord worker in facts.Machines)
        {
            known[worker.Id] = worker;
        }
    }

    // Those who waited for a deployment target have failed, or it is left out of the rest of the run.
    private void LoseTarget(RunMessage.WorkerLost lost, RunDraft draft)
    {
        if (!asking.Remove(lost.Worker, out HashSet<int>? steps))
        {
            return;
        }

        foreach (int number in steps.Order())
        {
            StepState part = draft.State.Step(number);
            if (part is not { Target: { } target, HasEnded: false, ActiveAttempt: null, Held: null } || target.Target.Machine != lost.Worker)
            {
                continue;
            }

            DateTimeOffset now = services.Time.GetUtcNow();
            if (target.SkipsUnavailable && !draft.State.Excluded.ContainsKey(target.Target))
            {
                draft.Add(new TargetExcluded(target.Target, target.Name, $"it became unavailable ({lost.Error.Message})") { At = now });
            }

            if (target.SkipsUnavailable)
            {
                draft.Add(new StepSkipped(number, $"the target was left out of the run: {draft.State.Excluded[target.Target]}") { At = now });
            }
            else
            {
                draft.Add(AttemptVerdict.Finish(draft.State, number, StepStatus.Failed, lost.Error.Message, now));
            }
        }
    }

    // The steps of a draw that have something to start on its worker.
    private static IEnumerable<int> Waiting(WorkerDraw draw, RunState state)
        => state.Plan!.Steps
            .Where(step => step.Key == draw.Key)
            .SelectMany(step => step.Targets is null ? [step.Number] : step.Targets.Select(target => target.Number))
            .Where(number => state.Step(number) is { HasEnded: false, ActiveAttempt: null, Held: null });

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
