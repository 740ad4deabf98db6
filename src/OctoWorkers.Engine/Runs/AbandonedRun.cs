namespace OctoWorkers.Engine.Runs;

/// <summary>Ends a run of which nobody knows any more what became of it, so that nothing of it stays under way for ever. Pure.</summary>
public static class AbandonedRun
{
    /// <summary>The events that end it: those of its open attempts, of the steps and parts of steps that were under way, and of the run.</summary>
    /// <param name="run">The run; it has not ended.</param>
    /// <param name="events">Its journal.</param>
    /// <param name="error">Why nobody knows.</param>
    /// <param name="at">The time.</param>
    public static IReadOnlyList<RunEvent> End(RunRecord run, IEnumerable<RunEvent> events, string error, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunState state = RunState.Of(run.Request, events);
        List<RunEvent> ends = [];
        foreach (StepState step in state.StepsAndParts.Where(step => step is { Status: StepStatus.Running, HasParts: false }))
        {
            if (step.ActiveAttempt is { } open)
            {
                ends.Add(new AttemptEnded(step.Number, open.Number, AttemptOutcome.Unknown, null, error, null) { At = at });
            }

            ends.Add(new StepEnded(step.Number, StepStatus.Unknown, error) { At = at });
        }

        // What the ends of its parts mean for a step; where all that began have succeeded, the others never will.
        state = ends.Aggregate(state, (before, happened) => before.Apply(happened));
        ends.AddRange(state.Steps.Where(step => step is { Status: StepStatus.Running, HasParts: true }).Select(step => state.PartsOf(step.Number).Any(part => part.Spoils)
            ? StepParts.Conclude(state, step.Number, at)
            : new StepEnded(step.Number, StepStatus.Unknown, error) { At = at }));
        ends.Add(new RunEnded(run.Status == RunStatus.Executing ? RunStatus.Failed : RunStatus.Canceled, error) { At = at });
        return ends;
    }
}
