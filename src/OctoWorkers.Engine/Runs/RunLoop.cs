using System.Threading.Channels;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Drives one run from where its journal stands. It alone changes the run; everybody else sends it messages. It stores what it intends, does it,
/// stores what it hears, and decides again.
/// </summary>
internal sealed class RunLoop : IAsyncDisposable
{
    private readonly RunServices services;
    private readonly IRunHost host;
    private readonly EngineSettings settings;
    private readonly Channel<RunMessage> inbox = Channel.CreateUnbounded<RunMessage>(new() { SingleReader = true });
    private readonly RunWork work;
    private readonly RunWorkers workers;
    private readonly LineBatch notes;
    private readonly bool tookOver;
    private readonly ChildRuns children;
    private readonly RunClock clock;
    private readonly RunSecrets secrets;
    private readonly ArtifactNumbers artifacts;
    private readonly StepConditions conditions;
    private readonly RunPreparations preparations;
    private RunState state;
    private DateTimeOffset decided;
    private bool holdsSlot;
    private bool awaitsSlot;

    /// <summary>Makes the loop of a run that this process owns and that has been planned.</summary>
    public RunLoop(RunRecord run, RunHistory history, RunSecrets secrets, bool holdsSlot, RunServices services, IRunHost host, EngineSettings settings)
    {
        this.holdsSlot = holdsSlot;
        Run = run;
        this.services = services;
        this.host = host;
        this.settings = settings;
        this.secrets = secrets;
        artifacts = ArtifactNumbers.After(history.Events);
        work = new(services, host, inbox.Writer);
        preparations = new(run, services, work);
        workers = new(run, history.Workers, services);
        notes = new(0, 0, history.NextNote);
        state = RunState.Of(run.Request, history.Events);
        tookOver = history.WasDriven;
        clock = new(services.Time, state, tookOver);
        children = new(services, run);
        conditions = new(run, services.Text, services.Secrets);
        Cursors = history.Cursors;
    }

    public RunRecord Run { get; }

    private IReadOnlyList<OutputCursor> Cursors { get; }

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
        if (tookOver)
        {
            draft.Add(new TakenOver($"{services.Machine} (process {Environment.ProcessId})") { At = Now });
            foreach (StepState step in state.Steps.Where(step => step.ActiveAttempt is not null))
            {
                if (step.Definition.Action is ScriptAction && workers.Of(step.ActiveAttempt!) is null)
                {
                    string gone = $"Worker '{step.ActiveAttempt!.WorkerName}' was removed, so what became of the step is unknown.";
                    End(draft, new(step.Number, step.Attempts.Count, AttemptOutcome.Unknown, null, gone, null) { At = Now });
                }
                else if (step.Definition.Action is ScriptAction)
                {
                    OutputCursor cursor = Cursors.FirstOrDefault(candidate => candidate.Step == step.Number && candidate.Attempt == step.Attempts.Count)
                        ?? new(step.Number, step.Attempts.Count, default, 1, default, default);
                    BeginAttempt(step, step.ActiveAttempt!, cursor);
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
        await WaitAsync(handOver).ConfigureAwait(false);
        RunDraft draft = new(state, notes, secrets);
        while (inbox.Reader.TryRead(out RunMessage? message))
        {
            await HearAsync(message, draft).ConfigureAwait(false);
        }

        await AdvanceAsync(draft).ConfigureAwait(false);
    }

    private async Task WaitAsync(CancellationToken handOver)
    {
        using CancellationTokenSource wake = CancellationTokenSource.CreateLinkedTokenSource(handOver);
        using CancellationTokenSource due = RunDecider.NextWake(clock.Steady(state), decided) is { } at
            ? new(TimeSpan.FromTicks(Math.Clamp((at - clock.Now).Ticks, 0, TimeSpan.TicksPerDay)), services.Time)
            : new();
        using CancellationTokenRegistration link = due.Token.Register(wake.Cancel);
        try
        {
            await inbox.Reader.WaitToReadAsync(wake.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!handOver.IsCancellationRequested)
        {
        }
    }

    private async Task HearAsync(RunMessage message, RunDraft draft)
    {
        switch (message)
        {
            case RunMessage.AttemptFinished finished:
                work.Finished(finished.Step);
                draft.Add(finished.Result);
                AttemptResult result = finished.Result;
                End(draft, new(finished.Step, finished.Attempt, result.Outcome, result.ExitCode, result.ErrorOf(draft.State.Step(finished.Step)), result.Receipt) { At = Now });
                break;
            case RunMessage.EventsStored stored:
                foreach (RunEvent happened in stored.Events)
                {
                    draft.AddStored(happened);
                }

                break;
            case RunMessage.ChildFinished finished:
                await children.AddOutputsAsync(draft, finished.Step, finished.Child, Now).ConfigureAwait(false);
                End(draft, ChildRuns.Ended(draft.State, finished.Step, finished.Child, Now));
                break;
            case RunMessage.WorkerEntered entered:
                work.MarkEntered(entered.Worker, entered.Over);
                break;
            case RunMessage.WorkerLost lost:
                work.MarkEntered(lost.Worker, null);
                await workers.ReplaceAsync(lost, draft).ConfigureAwait(false);
                break;
            case RunMessage.CancelsSeen cancels:
                foreach (CancelRequest cancel in cancels.Requests.Skip(draft.State.Cancels))
                {
                    draft.Add(new CancelRequested(cancel.By, cancel.Reason) { At = Now });
                }

                break;
            case RunMessage.SlotTaken:
                holdsSlot = true;
                awaitsSlot = false;
                break;
            case RunMessage.StepPrepared prepared:
                foreach (AcquiredPackage package in prepared.Packages)
                {
                    draft.Add(new PackageAcquired(prepared.Step, package) { At = Now });
                }

                preparations.Hear(prepared);
                break;
            case RunMessage.PreparationFailed failed when preparations.Hear(failed):
                await HearFailureAsync(failed, draft).ConfigureAwait(false);
                break;
            case RunMessage.Broken broken:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(broken.Error);
                break;
        }
    }

    // A worker that is gone is replaced; what else keeps packages from coming does so on every worker.
    private async Task HearFailureAsync(RunMessage.PreparationFailed failed, RunDraft draft)
    {
        if (failed.Error.Error is EngineError.WorkerUnavailable or EngineError.ProtocolViolation)
        {
            work.MarkEntered(failed.Worker, null);
            await workers.ReplaceAsync(new(failed.Worker, failed.Error), draft).ConfigureAwait(false);
        }
        else
        {
            draft.Add(new StepEnded(failed.Step, StepStatus.Failed, failed.Error.Message) { At = Now });
        }
    }

    private static void End(RunDraft draft, AttemptEnded ended)
    {
        RunEvent follows = AttemptVerdict.Follow(draft.State, ended);
        draft.Add(ended);
        draft.Add(follows);
    }

    // Decides until nothing more is asked for, storing before doing.
    private async Task AdvanceAsync(RunDraft draft)
    {
        while (true)
        {
            List<Action> effects = [];
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
                    more |= await CarryOutAsync(decision, draft, effects).ConfigureAwait(false);
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
                await preparations.SettleAsync().ConfigureAwait(false);
                await BalanceSlotAsync().ConfigureAwait(false);
                return;
            }

            draft = await StoreAsync(draft).ConfigureAwait(false);
            effects.ForEach(effect => effect());
        }
    }

    private async Task<RunDraft> StoreAsync(RunDraft draft)
    {
        IReadOnlyList<RunRecord> created = await services.Store.CommitAsync(
            draft.ToCommit(Run, services.Engine, Now), CancellationToken.None).ConfigureAwait(false);
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

    // True when the draft has changed, so that it is to be decided again.
    private async Task<bool> CarryOutAsync(RunDecision decision, RunDraft draft, List<Action> effects)
    {
        switch (decision)
        {
            case RunDecision.Skip skip:
                draft.Add(new StepSkipped(skip.Step, skip.Reason) { At = Now });
                return true;
            case RunDecision.Fail fail:
                draft.Add(new StepEnded(fail.Step, StepStatus.Failed, fail.Error) { At = Now });
                return true;
            case RunDecision.GiveUpRetry giveUp:
                draft.Add(new StepEnded(giveUp.Step, giveUp.Status, "It was waiting for a retry when the run was stopped.") { At = Now });
                return true;
            case RunDecision.Stop stop:
                if (draft.State.Step(stop.Step).Definition.Action is ScriptAction)
                {
                    effects.Add(() => work.Stop(stop.Step, stop.Reason));
                }
                else
                {
                    await children.CancelAsync(draft.State.Step(stop.Step), draft.State.Cancels, Now).ConfigureAwait(false);
                }

                return false;
            case RunDecision.Begin begin when draft.State.Step(begin.Step).Definition.Action is RunRunbookAction action:
                await children.BeginAsync(draft, draft.State.Step(begin.Step), begin.Attempt, action, Now).ConfigureAwait(false);
                return true;
            case RunDecision.Begin begin:
                return await BeginScriptAsync(begin, draft, effects).ConfigureAwait(false);
            default:
                return false;
        }
    }

    private async Task<bool> BeginScriptAsync(RunDecision.Begin begin, RunDraft draft, List<Action> effects)
    {
        if (!holdsSlot)
        {
            if (!awaitsSlot)
            {
                awaitsSlot = true;
                work.TakeSlot(Run);
            }

            return false;
        }

        WorkerDraw draw = draft.State.DrawOf(begin.Step)!;
        if (!work.HasEntered(draw.Worker))
        {
            EnterWorker(draw);
            return false;
        }

        try
        {
            if (!await preparations.IsReadyAsync(draft.State, draft.State.Step(begin.Step), workers.Find(draw.Worker)!).ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (OctoWorkersException e) when (e.Error is EngineError.VariableConflict or EngineError.InvalidDefinition or EngineError.TemplateInvalid or EngineError.SecretUnreadable)
        {
            draft.Add(new StepEnded(begin.Step, StepStatus.Failed, e.Message) { At = Now });
            return true;
        }

        preparations.Begin(begin.Step);
        AttemptIntended intended = new(begin.Step, begin.Attempt, draw.Worker, draw.WorkerName) { At = Now };
        draft.Add(intended);
        effects.Add(() => BeginAttempt(state.Step(begin.Step), state.Step(begin.Step).ActiveAttempt!, null));
        return true;
    }

    private void EnterWorker(WorkerDraw draw)
    {
        if (workers.Find(draw.Worker) is { } worker)
        {
            work.Enter(Run, worker);
        }
        else
        {
            Post(new RunMessage.WorkerLost(draw.Worker, new(EngineError.WorkerNotFound, $"Worker '{draw.WorkerName}' was removed.", draw.WorkerName)));
        }
    }

    private void BeginAttempt(StepState step, AttemptDetails attempt, OutputCursor? resume)
    {
        WorkerRecord worker = workers.Of(attempt)!;
        StepScript script = new(Run, state, step.Number, worker, services, secrets);
        AttemptOrder order = new(
            Run.Id, Run.FencingToken, step.Definition, step.Number, attempt.Number, attempt.Started, resume, secrets, artifacts)
        {
            Announced = state.PendingArtifacts(step.Number, attempt.Number),
            Packages = RunPreparations.PackagesOf(state, step.Number),
        };
        work.Begin(order, script, worker, settings, RunDecider.StopOf(state, step));
    }

    // A parent that only waits for children holds no slot that they may need (semantics, section 3).
    private async Task BalanceSlotAsync()
    {
        bool waits = state.Steps.Any(step => step.ActiveAttempt is not null && step.Child is not null);
        if (holdsSlot && waits && work.ActiveAttempts == 0 && work.Entering == 0 && !preparations.IsBusy)
        {
            holdsSlot = false;
            await host.ReleaseSlotAsync(Run).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(RunDecision.End end, RunDraft draft)
    {
        IReadOnlyList<WorkerRecord> there = workers.Touched(work.Reached, state, tookOver);
        IReadOnlyList<PendingCleanup> left = await RunSweep.SweepAsync(services, Run.Id, state, there).ConfigureAwait(false);
        draft.Add(new RunEnded(end.Status, end.Error) { At = Now });
        JournalCommit commit = draft.ToCommit(Run, services.Engine, Now) with { Cleanups = left };
        await services.Store.CommitAsync(commit, CancellationToken.None).ConfigureAwait(false);
        state = draft.State;
    }
}
