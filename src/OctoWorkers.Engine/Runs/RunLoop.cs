using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>Drives one run from where its journal stands. It alone changes the run; everybody else sends it messages. It stores what it intends, does it, stores what it hears, and decides again.</summary>
internal sealed class RunLoop : IAsyncDisposable
{
    private readonly RunServices services;
    private readonly IRunHost host;
    private readonly RunInbox inbox = new();
    private readonly RunWork work;
    private readonly RunWorkers workers;
    private readonly LineBatch notes;
    private readonly bool tookOver;
    private readonly RunHistory history;
    private readonly bool saysNothingYet;
    private readonly ChildRuns children;
    private readonly RunClock clock;
    private readonly RunSecrets secrets;
    private readonly StepConditions conditions;
    private readonly HeldSlot slot;
    private readonly RunDecisionExecutor executor;
    private readonly RunMessageHandler messages;
    private readonly RunPlaces places;
    private readonly RunInterruptions interruptions;
    private readonly RunPreparations preparations;
    private RunState state;
    private DateTimeOffset decided;

    /// <summary>Makes the loop of a run that this process owns and that has been planned.</summary>
    public RunLoop(RunRecord run, RunHistory history, RunSecrets secrets, bool holdsSlot, RunServices services, IRunHost host, EngineSettings settings)
    {
        Run = run;
        this.services = services;
        this.host = host;
        this.secrets = secrets;
        work = new(run, services, host, inbox.Writer);
        places = new(run, services, work);
        preparations = new(run, services, work);
        workers = new(run, history.Workers, services);
        notes = new(0, 0, history.NextNote);
        state = RunState.Of(run.Request, history.Events) with { Run = run.Id };
        interruptions = new(run, services);
        tookOver = history.WasDriven;
        saysNothingYet = history.NextNote == 1;
        clock = new(services.Time, state, tookOver);
        children = new(services, run);
        conditions = new(run, services.Text, services.Secrets);
        slot = new(holdsSlot);
        executor = new(run, services, settings, work, workers, children, slot, preparations, places, interruptions, secrets, ArtifactNumbers.After(history.Events), inbox.Writer);
        messages = new(services, work, workers, children, slot, preparations, places, interruptions);
        this.history = history;
    }

    public RunRecord Run { get; }

    /// <summary>The workers that were asked to enter the run.</summary>
    public IReadOnlyList<WorkerRecord> Reached => workers.Touched(work.Reached, state, tookOver: false);

    /// <summary>Tells the loop something.</summary>
    public void Post(RunMessage message) => inbox.Writer.TryWrite(message);

    /// <summary>Drives the run.</summary>
    /// <param name="handOver">Leaves it as it is, for somebody else.</param>
    public async Task<RunLoopEnd> RunAsync(CancellationToken handOver)
    {
        try
        {
            await ResumeAsync().ConfigureAwait(false);
            while (state.Final is null)
            {
                handOver.ThrowIfCancellationRequested();
                await NextAsync(handOver).ConfigureAwait(false);
            }

            return RunLoopEnd.Ended;
        }
        catch (OperationCanceledException) when (handOver.IsCancellationRequested)
        {
            return RunLoopEnd.HandedOver;
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.FencedOut)
        {
            return RunLoopEnd.FencedOut;
        }
    }

    /// <summary>Detaches what is under way on workers, and waits until this process no longer touches it.</summary>
    public ValueTask DisposeAsync() => work.DisposeAsync();

    private DateTimeOffset Now => services.Time.GetUtcNow();

    private async Task ResumeAsync()
    {
        RunDraft draft = new(state, notes, secrets);
        if (saysNothingYet)
        {
            draft.Note(Now, state.Plan!.Steps.SelectMany(step => TargetNotes.Of(Run.Request, step)));
        }

        if (tookOver)
        {
            draft.Add(new TakenOver($"{services.Machine} (process {Environment.ProcessId})") { At = Now, FencingToken = Run.FencingToken });
            foreach (StepState step in state.StepsAndParts.Where(step => step.ActiveAttempt is not null))
            {
                if (step.Definition.Action is ScriptAction && workers.Of(step.ActiveAttempt!) is null)
                {
                    string gone = $"Worker '{step.ActiveAttempt!.WorkerName}' was removed, so what became of the step is unknown.";
                    draft.AddEnd(new(step.Number, step.Attempts.Count, AttemptOutcome.Unknown, null, gone, null) { At = Now });
                }
                else if (step.Definition.Action is ScriptAction)
                {
                    OutputCursor cursor = history.Cursors.FirstOrDefault(candidate => candidate.Step == step.Number && candidate.Attempt == step.Attempts.Count)
                        ?? new(step.Number, step.Attempts.Count, default, 1, default, default);
                    executor.BeginAttempt(state, step, step.ActiveAttempt!, cursor, history.IntentToken(step.Number));
                }
                else if (step.Child is { } child)
                {
                    work.Watch(step.Number, child);
                }
            }
        }

        await AdvanceAsync(draft).ConfigureAwait(false);
    }

    private async Task NextAsync(CancellationToken handOver)
    {
        TimeSpan? left = RunDecider.NextWake(clock.Steady(state), decided) is { } at ? at - clock.Now : null;
        await inbox.WaitAsync(left, services.Time, handOver).ConfigureAwait(false);
        RunDraft draft = new(state, notes, secrets);
        while (inbox.Next() is { } message)
        {
            await messages.HearAsync(message, draft).ConfigureAwait(false);
        }

        await AdvanceAsync(draft).ConfigureAwait(false);
    }

    // Decides until nothing more is asked for, storing before doing.
    private async Task AdvanceAsync(RunDraft draft)
    {
        while (true)
        {
            List<Action<RunState>> effects = [];
            RunDecision.End? end = null;
            bool more = true;
            decided = clock.Now;
            if (RunDecider.IsOverdue(clock.Steady(draft.State), decided))
            {
                draft.Add(new RunTimeoutReached { At = Now });
            }

            while (more)
            {
                more = false;
                foreach (RunDecision decision in RunDecider.Decide(clock.Steady(draft.State), decided, conditions.Of))
                {
                    end = decision as RunDecision.End ?? end;
                    more |= await executor.CarryOutAsync(decision, draft, effects).ConfigureAwait(false);
                }
            }

            if (draft.IsEmpty)
            {
                // Also a draft with nothing to store may have heard of what an attempt has stored itself.
                state = draft.State;
            }

            if (end is not null && draft.IsEmpty)
            {
                await EndAsync(end, draft).ConfigureAwait(false);
                return;
            }

            if (draft.IsEmpty)
            {
                await places.SettleAsync().ConfigureAwait(false);
                await preparations.SettleAsync().ConfigureAwait(false);
                await BalanceSlotAsync().ConfigureAwait(false);
                return;
            }

            try
            {
                draft = await StoreAsync(draft).ConfigureAwait(false);
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.InUse && draft.Locks.Count > 0)
            {
                // Somebody has, or waits for, a worker that is to be used. Nothing was stored, and nothing done.
                preparations.Refuse(draft.Locks);
                places.Reconsider();
                draft = draft.BeforeBegins();
                continue;
            }

            effects.ForEach(effect => effect(state));
        }
    }

    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    private async Task<RunDraft> StoreAsync(RunDraft draft)
    {
        JournalCommit commit = draft.ToCommit(Run, services.Engine, Now);
        IReadOnlyList<RunRecord> created = await services.Store.CommitAsync(commit, CancellationToken.None).ConfigureAwait(false);
        await executor.FollowAsync(commit.Events).ConfigureAwait(false);
        work.MarkStored();
        state = draft.Settle(created);
        RunDraft next = new(state, notes, secrets);
        foreach ((ChildRunCreated happened, RunRecord child) in draft.SettledChildren(created).Zip(created))
        {
            next.Note(happened);
            if (happened.Wait)
            {
                work.Watch(happened.Step, child.Id);
            }

            host.Adopt(child);
        }

        return next;
    }

    // Neither a run that waits for a person nor a parent that only waits for children holds a slot that others may need (semantics, sections 3 and 4).
    private async Task BalanceSlotAsync()
    {
        bool waitsForChild = state.Steps.Any(step => step.ActiveAttempt is not null && step.Child is not null)
            && work.ActiveAttempts == 0 && work.Entering == 0 && !places.IsWaiting && !preparations.IsBusy;
        if (slot.IsHeld && (state.AwaitsPerson || waitsForChild))
        {
            slot.Release();
            await host.ReleaseSlotAsync(Run).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(RunDecision.End end, RunDraft draft)
    {
        await work.EndEnteringAsync().ConfigureAwait(false);
        IReadOnlyList<PendingCleanup> left = await RunSweep.SweepAsync(services, Run.Id, state, workers.Touched(work.Reached, state, tookOver)).ConfigureAwait(false);
        draft.Add(new RunEnded(end.Status, end.Error) { At = Now });
        JournalCommit commit = draft.ToCommit(Run, services.Engine, Now) with { Cleanups = left };
        await services.Store.CommitAsync(commit, CancellationToken.None).ConfigureAwait(false);
        state = draft.State;
    }
}
