namespace OctoWorkers.Engine.Runs;

/// <summary>What follows from the end of an attempt: another one, or the end of its step. Pure.</summary>
internal static class AttemptVerdict
{
    /// <summary>The events that follow.</summary>
    /// <param name="state">The run, before the attempt's end is applied.</param>
    /// <param name="ended">The attempt's end.</param>
    public static RunEvent Follow(RunState state, AttemptEnded ended)
    {
        StepState step = state.Step(ended.Step);
        RetryPolicy retry = step.Definition.Retry;
        bool mayRetry = ended.Outcome is AttemptOutcome.Failed or AttemptOutcome.TimedOut or AttemptOutcome.NotStarted
            || (ended.Outcome == AttemptOutcome.Unknown && step.Definition.Idempotent);
        bool stopping = state.IsStopping && (!step.BeganAfterStop || state.Cancels > 1);
        return mayRetry && !stopping && ended.Attempt <= retry.Count
            ? new RetryScheduled(ended.Step, ended.Attempt + 1, ended.At + retry.DelayBefore(ended.Attempt))
            {
                At = ended.At, OfStep = step.Target is null ? null : step.Of, Target = step.Target?.Name,
            }
            : Finish(state, ended.Step, StatusOf(ended.Outcome), ended.Error, ended.At);
    }

    /// <summary>The end of a step; for a failure in a guided run, that a person is to be asked.</summary>
    /// <param name="state">The run.</param>
    /// <param name="step">The step's number.</param>
    /// <param name="status">How it ends.</param>
    /// <param name="error">What went wrong; null when nothing did.</param>
    /// <param name="at">The time.</param>
    public static RunEvent Finish(RunState state, int step, StepStatus status, string? error, DateTimeOffset at)
        => state.IsGuided && !state.IsStopping && status is (StepStatus.Failed or StepStatus.Unknown)
            && state.Step(step).Definition.Action is not ManualAction
            ? new FailureHeld(step, status, error) { At = at }
            : new StepEnded(step, status, error) { At = at };

    private static StepStatus StatusOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => StepStatus.Succeeded,
        AttemptOutcome.Canceled => StepStatus.Canceled,
        AttemptOutcome.Unknown => StepStatus.Unknown,
        _ => StepStatus.Failed,
    };
}
