using System.Threading.Channels;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// Carries out what was decided of a run: what follows at once goes into the draft, what touches a worker waits until that is stored. Used by the run's loop alone.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="services">The clock, and what makes scripts.</param>
/// <param name="settings">Time-outs.</param>
/// <param name="work">What is under way.</param>
/// <param name="workers">The run's workers.</param>
/// <param name="children">Its child runs.</param>
/// <param name="slot">Its task slot.</param>
/// <param name="preparations">Brings packages, and takes workers' locks.</param>
/// <param name="places">Its steps' places among the running steps of workers and pools.</param>
/// <param name="interruptions">Asks people.</param>
/// <param name="secrets">Its secrets.</param>
/// <param name="artifacts">Numbers its artifacts.</param>
/// <param name="inbox">The loop's.</param>
internal sealed class RunDecisionExecutor(
    RunRecord run, RunServices services, EngineSettings settings, RunWork work, RunWorkers workers, ChildRuns children, HeldSlot slot, RunPreparations preparations, RunPlaces places,
    RunInterruptions interruptions, RunSecrets secrets, ArtifactNumbers artifacts, ChannelWriter<RunMessage> inbox)
{
    private DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>Carries a decision out.</summary>
    /// <param name="decision">What is to be done.</param>
    /// <param name="draft">Takes what follows at once.</param>
    /// <param name="effects">Takes what is to be done when the draft is stored; each is given the state then.</param>
    /// <returns>Whether the draft has changed, so that it is to be decided again.</returns>
    public async Task<bool> CarryOutAsync(RunDecision decision, RunDraft draft, List<Action<RunState>> effects)
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
            case RunDecision.Conclude conclude:
                draft.Add(StepParts.Conclude(draft.State, conclude.Step, Now));
                return true;
            case RunDecision.Ask ask:
                interruptions.Ask(draft, draft.State.Step(ask.Step));
                return true;
            case RunDecision.Close close:
                interruptions.Close(draft, draft.State.Step(close.Step));
                return true;
            case RunDecision.Begin when draft.State.NeedsDraw && !TakesSlot(isAfterWait: true):
                return false;
            case RunDecision.Begin begin when draft.State.NeedsDraw:
                // What led here is stored first: the draws are stored by themselves.
                return draft.IsEmpty && await workers.DrawAgainAsync(draft, begin.Step).ConfigureAwait(false);
            case RunDecision.Stop stop:
                if (draft.State.Step(stop.Step).Definition.Action is ScriptAction)
                {
                    effects.Add(_ => work.Stop(stop.Step, stop.Reason));
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

    /// <summary>
    /// Follows what was stored: with an interruption the store has taken back slot, locks and places, also when the run goes on at once because its time is over.
    /// </summary>
    public async Task FollowAsync(IReadOnlyList<RunEvent> stored)
    {
        slot.Follow(stored);
        if (stored.Any(happened => happened is InterruptionRaised))
        {
            places.Reconsider();
            await places.SettleAsync().ConfigureAwait(false);
            preparations.Reconsider();
            await preparations.SettleAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> BeginScriptAsync(RunDecision.Begin begin, RunDraft draft, List<Action<RunState>> effects)
    {
        if (!TakesSlot(isAfterWait: false))
        {
            return false;
        }

        StepMachine machine = draft.State.MachineOf(begin.Step)!;
        if (!work.HasEntered(machine.Machine))
        {
            workers.AskFor(machine.Machine, begin.Step);
            EnterWorker(machine);
            return false;
        }

        try
        {
            if (!await preparations.IsReadyAsync(draft.State, draft.State.Step(begin.Step), workers.Find(machine.Machine)!, workers.TargetOf(draft.State.Step(begin.Step))).ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (OctoWorkersException e) when (e.Error is EngineError.VariableConflict or EngineError.InvalidDefinition or EngineError.TemplateInvalid or EngineError.SecretUnreadable)
        {
            draft.Add(new StepEnded(begin.Step, StepStatus.Failed, e.Message) { At = Now });
            return true;
        }

        // After the lock: who holds a place never waits for one of its holders.
        if (!await places.TakeAsync(begin.Step, begin.Attempt, machine).ConfigureAwait(false))
        {
            return false;
        }

        draft.AddBegin(
            new AttemptIntended(begin.Step, begin.Attempt, machine.Machine, machine.Name) { At = Now, Pool = machine.Pool }, preparations.LocksToTake(begin.Step));
        effects.Add(stored =>
        {
            preparations.Begin(begin.Step);
            places.Begin(begin.Step);
            BeginAttempt(stored, stored.Step(begin.Step), stored.Step(begin.Step).ActiveAttempt!);
        });
        return true;
    }

    // False while the run waits for a slot; the loop is told when it has one.
    private bool TakesSlot(bool isAfterWait)
    {
        if (!slot.IsHeld && !slot.IsAwaited)
        {
            slot.IsAwaited = true;
            work.TakeSlot(isAfterWait ? settings : null);
        }

        return slot.IsHeld;
    }

    private void EnterWorker(StepMachine machine)
    {
        if (workers.Find(machine.Machine) is { } worker)
        {
            work.Enter(worker);
        }
        else
        {
            string kind = machine.Pool is null ? "Deployment target" : "Worker";
            inbox.TryWrite(new RunMessage.WorkerLost(machine.Machine, new(EngineError.WorkerNotFound, $"{kind} '{machine.Name}' was removed.", machine.Name)));
        }
    }

    /// <summary>Begins to run an attempt, or takes it up again where the reading of its output stands.</summary>
    /// <param name="state">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="attempt">Its attempt.</param>
    /// <param name="resume">Where the reading stands; null: it begins.</param>
    /// <param name="intendedUnder">The fencing token of the owner who intended it; null: this one's.</param>
    public void BeginAttempt(RunState state, StepState step, AttemptDetails attempt, OutputCursor? resume = null, long? intendedUnder = null)
    {
        WorkerRecord worker = workers.Of(attempt)!;
        StepScript script = new(run, state, step.Number, workers.TargetOf(step) ?? worker, services, secrets);
        AttemptOrder order = new(
            run.Id, run.FencingToken, step.Definition, step.Number, attempt.Number, attempt.Started, resume, secrets, artifacts)
        {
            Announced = state.PendingArtifacts(step.Number, attempt.Number),
            Packages = RunPreparations.PackagesOf(state, step.Number),
            OfStep = step.Of,
            Target = step.Target?.Name,
            IntendedUnder = intendedUnder ?? run.FencingToken,
        };
        work.Begin(order, script, worker, settings, RunDecider.StopOf(state, step));
    }
}
