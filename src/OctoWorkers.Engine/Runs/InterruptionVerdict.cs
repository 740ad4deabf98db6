namespace OctoWorkers.Engine.Runs;

/// <summary>What follows from a person's answer, or from its never coming. Pure.</summary>
internal static class InterruptionVerdict
{
    private const string Stopped = "It was waiting for a person when the run was stopped.";

    /// <summary>What can be answered for a step that waits.</summary>
    public static IReadOnlyList<InterruptionAnswer> AnswersFor(StepState step)
        => step.Definition.Action is ManualAction ? [InterruptionAnswer.Proceed, InterruptionAnswer.Abort]
            :
            [
                InterruptionAnswer.Retry,
                .. step.Definition.Required ? [] : (InterruptionAnswer[])[InterruptionAnswer.Ignore],
                .. step.Target is null ? [] : (InterruptionAnswer[])[InterruptionAnswer.Exclude],
                InterruptionAnswer.Fail,
            ];

    /// <summary>The events that follow an answer.</summary>
    /// <param name="state">The run, before the answer is applied.</param>
    /// <param name="answered">The answer.</param>
    public static IReadOnlyList<RunEvent> Follow(RunState state, InterruptionAnswered answered)
    {
        StepState step = state.Step(state.Interruptions[answered.Number - 1].Number);
        int attempt = step.Attempts.Count;
        string notes = answered.Notes.Length > 0 ? $": {answered.Notes}" : ".";
        string aborted = $"{answered.By} aborted it{notes}";
        return answered.Answer switch
        {
            InterruptionAnswer.Proceed =>
            [
                .. Outputs(step, answered),
                new AttemptEnded(step.Number, attempt, AttemptOutcome.Succeeded, null, null, null) { At = answered.At },
                new StepEnded(step.Number, StepStatus.Succeeded, null) { At = answered.At },
            ],
            InterruptionAnswer.Abort =>
            [
                .. Outputs(step, answered),
                new AttemptEnded(step.Number, attempt, AttemptOutcome.Failed, null, aborted, null) { At = answered.At },
                new StepEnded(step.Number, StepStatus.Failed, aborted) { At = answered.At },
            ],
            InterruptionAnswer.Ignore =>
                [new StepEnded(step.Number, StepStatus.Succeeded, $"It failed, which {answered.By} ignored{notes} The failure was: {step.Held!.Error}") { At = answered.At }],
            InterruptionAnswer.Exclude =>
            [
                new TargetExcluded(step.Target!.Target, step.Target.Name, $"{answered.By} excluded it{notes}") { At = answered.At },
                new StepSkipped(step.Number, $"{answered.By} excluded the target{notes} The failure was: {step.Held!.Error}") { At = answered.At },
            ],
            InterruptionAnswer.Fail => [new StepEnded(step.Number, step.Held!.Status, step.Held.Error) { At = answered.At }],
            _ => [],
        };
    }

    /// <summary>The events that end a step's waiting when the run is stopped.</summary>
    /// <param name="state">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<RunEvent> Close(RunState state, StepState step, DateTimeOffset now)
    {
        if (state.OpenInterruption(step.Number) is { } open)
        {
            yield return new InterruptionEnded(open.Raised.Number) { At = now };
        }

        if (step.Held is { } held)
        {
            yield return new StepEnded(step.Number, held.Status, held.Error) { At = now };
        }
        else
        {
            AttemptOutcome outcome = state.StopReason == StopReason.Canceled ? AttemptOutcome.Canceled : AttemptOutcome.TimedOut;
            AttemptEnded ended = new(step.Number, step.Attempts.Count, outcome, null, Stopped, null) { At = now };
            yield return ended;
            yield return AttemptVerdict.Follow(state, ended);
        }
    }

    private static IEnumerable<OutputVariableSet> Outputs(StepState step, InterruptionAnswered answered)
    {
        (string Name, string Value)[] outputs =
        [
            ("Manual.Notes", answered.Notes),
            ("Manual.Approved", answered.Answer == InterruptionAnswer.Proceed ? "True" : "False"),
            ("Manual.ResponsibleUser.Username", answered.By.Username),
            ("Manual.ResponsibleUser.DisplayName", answered.By.DisplayName),
        ];
        return outputs.Select(output => new OutputVariableSet(step.Number, step.Attempts.Count, null, output.Name, output.Value, null) { At = answered.At });
    }
}
