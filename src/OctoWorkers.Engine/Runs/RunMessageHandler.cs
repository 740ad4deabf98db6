using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>What the messages that a run's loop hears mean for the run. Used by that loop alone.</summary>
/// <param name="services">The clock.</param>
/// <param name="work">What is under way.</param>
/// <param name="workers">The run's workers.</param>
/// <param name="children">Its child runs.</param>
/// <param name="slot">Its task slot.</param>
/// <param name="preparations">What comes before its attempts.</param>
/// <param name="places">Its steps' places.</param>
/// <param name="interruptions">Hears what people answer.</param>
internal sealed class RunMessageHandler(
    RunServices services, RunWork work, RunWorkers workers, ChildRuns children, HeldSlot slot, RunPreparations preparations, RunPlaces places,
    RunInterruptions interruptions)
{
    private DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>Takes a message in.</summary>
    /// <param name="message">What was heard.</param>
    /// <param name="draft">Takes what follows from it.</param>
    public async Task HearAsync(RunMessage message, RunDraft draft)
    {
        switch (message)
        {
            case RunMessage.AttemptFinished finished:
                work.Finished(finished.Step);
                draft.Add(finished.Result);
                AttemptResult result = finished.Result;
                draft.AddEnd(new(finished.Step, finished.Attempt, result.Outcome, result.ExitCode, result.ErrorOf(draft.State.Step(finished.Step)), result.Receipt) { At = Now });
                break;
            case RunMessage.EventsStored stored:
                foreach (RunEvent happened in stored.Events)
                {
                    draft.AddStored(happened);
                }

                break;
            case RunMessage.ChildFinished finished:
                await children.AddOutputsAsync(draft, finished.Step, finished.Child, Now).ConfigureAwait(false);
                draft.AddEnd(ChildRuns.Ended(draft.State, finished.Step, finished.Child, Now));
                break;
            case RunMessage.WorkerEntered entered:
                work.MarkEntered(entered.Worker, entered.Over);
                if (entered.HadLost)
                {
                    preparations.Forget(entered.Worker);
                }

                break;
            case RunMessage.RunUnknown unknown:
                work.MarkEntered(unknown.Worker, null);
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
            case RunMessage.AnswersSeen answers:
                foreach (InterruptionReply reply in answers.Replies)
                {
                    interruptions.Hear(draft, reply);
                }

                break;
            case RunMessage.SlotTaken:
                slot.Take();
                break;
            case RunMessage.PlaceTaken taken:
                await places.HearAsync(taken.Place).ConfigureAwait(false);
                break;
            case RunMessage.PlaceGivenUp late:
                await places.HearGivenUpAsync(late.Place).ConfigureAwait(false);
                break;
            case RunMessage.StepPrepared prepared:
                foreach (AcquiredPackage package in prepared.Packages)
                {
                    draft.Add(new PackageAcquired(prepared.Step, package) { At = Now });
                }

                await preparations.HearAsync(prepared).ConfigureAwait(false);
                break;
            case RunMessage.PreparationFailed failed when preparations.Hear(failed):
                await HearFailureAsync(failed, draft).ConfigureAwait(false);
                break;
            case RunMessage.Broken broken:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(broken.Error);
                break;
        }
    }

    // A worker that does not know the run is entered again, and one that is gone is replaced; what else keeps packages from coming does so on every worker.
    private async Task HearFailureAsync(RunMessage.PreparationFailed failed, RunDraft draft)
    {
        if (failed.Error.Error == EngineError.FencedOut)
        {
            work.MarkEntered(failed.Worker, null);
        }
        else if (failed.Error.Error is EngineError.WorkerUnavailable or EngineError.ProtocolViolation)
        {
            work.MarkEntered(failed.Worker, null);
            workers.AskFor(failed.Worker, failed.Step);
            await workers.ReplaceAsync(new(failed.Worker, failed.Error), draft).ConfigureAwait(false);
        }
        else
        {
            draft.Add(new StepEnded(failed.Step, StepStatus.Failed, failed.Error.Message) { At = Now });
        }
    }
}
