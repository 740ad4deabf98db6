namespace OctoWorkers.Engine.Runs;

/// <summary>What a run does next: a pure function of its state and the time. The loop carries it out.</summary>
internal static class RunDecider
{
    /// <summary>The decisions, in the order of the steps; at most one is <see cref="RunDecision.End"/>, and then it is the only one.</summary>
    /// <param name="state">The state.</param>
    /// <param name="now">The time.</param>
    /// <param name="condition">Finds the truth of a step's condition expression; asked only when the step could begin.</param>
    public static IReadOnlyList<RunDecision> Decide(RunState state, DateTimeOffset now, Func<RunState, StepState, ConditionTruth> condition)
    {
        if (state.Final is not null)
        {
            return [];
        }

        List<RunDecision> decisions = [];
        List<StepState> manual = [];
        int active = state.StepsAndParts.Count(step => step.IsBusy);
        bool earlierEnded = true;
        bool earlierSpoiled = false;
        foreach (IReadOnlyList<StepState> group in Groups(state))
        {
            foreach (StepState step in group)
            {
                if (step.HasParts && step.Status == StepStatus.Running)
                {
                    active = StepParts.Continue(state, step, active, now, decisions);
                }
                else if (step.Status == StepStatus.Running)
                {
                    Continue(state, step, now, decisions);
                }
                else if (step.Status == StepStatus.Pending && earlierEnded)
                {
                    if (SkipReason(state, step, earlierSpoiled) is { } reason)
                    {
                        decisions.Add(new RunDecision.Skip(step.Number, reason));
                    }
                    else if (step.Definition.Condition == StepCondition.Variable && condition(state, step) is { } truth && !truth.IsTrue)
                    {
                        decisions.Add(truth.Error is { } error ? new RunDecision.Fail(step.Number, error) : new RunDecision.Skip(step.Number, "its condition is not true"));
                    }
                    else if (step.Definition.Action is ManualAction)
                    {
                        manual.Add(step);
                    }
                    else if (step.HasParts)
                    {
                        active = StepParts.Continue(state, step, active, now, decisions);
                    }
                    else if (active < state.Runbook.MaxParallelism && !state.AwaitsPerson)
                    {
                        decisions.Add(new RunDecision.Begin(step.Number, 1));
                        active++;
                    }
                }
            }

            earlierEnded = earlierEnded && group.All(step => step.HasEnded);
            earlierSpoiled = earlierSpoiled || group.Any(step => step.Spoils);
        }

        if (earlierEnded)
        {
            return [Ending(state)];
        }

        // People are asked when what runs beside has ended, and all at once; nothing else begins before they have answered.
        if (active == 0 && !state.AwaitsPerson && !state.IsStopping)
        {
            decisions.AddRange(state.StepsAndParts.Where(step => step.Held is not null).Concat(manual).OrderBy(step => step.Number).Select(step => new RunDecision.Ask(step.Number)));
        }

        return decisions;
    }

    /// <summary>When the state asks for something by itself next; null when only an event can change it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="decided">The time of the latest decision: what was due then has been decided.</param>
    public static DateTimeOffset? NextWake(RunState state, DateTimeOffset decided)
    {
        DateTimeOffset? timeout = state.IsStopping || state.Runbook.Timeout is not { } length ? null : state.Started + length;
        return state.StepsAndParts.Select(step => step.RetryDue)
            .Concat(state.Steps.Select(step => step.ChildDue))
            .Append(timeout)
            .Where(due => due > decided)
            .Min();
    }

    /// <summary>Whether the run has taken longer than it may.</summary>
    public static bool IsOverdue(RunState state, DateTimeOffset now)
        => !state.IsStopping && state.Final is null && state.Runbook.Timeout is { } length && state.Started + length <= now;

    /// <summary>Why what a step has under way is to end; null: it goes on.</summary>
    public static StopReason? StopOf(RunState state, StepState step)
        => state.IsStopping && (!step.BeganAfterStop || state.Cancels > 1) ? state.StopReason : null;

    internal static void Continue(RunState state, StepState step, DateTimeOffset now, List<RunDecision> decisions)
    {
        StopReason? end = StopOf(state, step);
        if (!step.IsBusy)
        {
            if (state.IsStopping)
            {
                decisions.Add(new RunDecision.Close(step.Number));
            }
        }
        else if (step.ActiveAttempt is not null)
        {
            if (end is { } reason)
            {
                decisions.Add(new RunDecision.Stop(step.Number, reason));
            }
            else if (step.ChildDue <= now)
            {
                decisions.Add(new RunDecision.Stop(step.Number, StopReason.StepTimedOut));
            }
        }
        else if (end is not null)
        {
            decisions.Add(new RunDecision.GiveUpRetry(step.Number, StepStatus.Canceled));
        }
        else if (step.RetryDue <= now || (step.RetryAsked && !state.AwaitsPerson))
        {
            decisions.Add(new RunDecision.Begin(step.Number, step.Attempts.Count + 1));
        }
    }

    private static string? SkipReason(RunState state, StepState step, bool earlierSpoiled)
    {
        if (state.Plan?.Steps.FirstOrDefault(planned => planned.Number == step.Number)?.SkipReason is { } planned)
        {
            return planned;
        }

        return StopSkipReason(state, step) ?? step.Definition.Condition switch
        {
            StepCondition.Success when earlierSpoiled => "a step before it failed",
            StepCondition.Failure when !earlierSpoiled => "no step before it failed",
            _ => null,
        };
    }

    /// <summary>Why what has not begun will not begin once the run was told to stop; null when it may.</summary>
    internal static string? StopSkipReason(RunState state, StepState step)
        => state.Cancels > 1 ? "the run was canceled twice"

            // A cancel always comes to an end: nobody is asked any more.
            : state.IsStopping && (step.Definition.Condition != StepCondition.Always || step.Definition.Action is ManualAction)
                ? state.StopReason == StopReason.Canceled ? "the run was canceled" : "the run took longer than it may"
            : null;

    private static RunDecision.End Ending(RunState state)
    {
        if (state.Cancels > 0)
        {
            return new(RunStatus.Canceled, RunNotes.Canceled(state.CanceledBy!, state.CancelReason));
        }

        if (state.TimedOut)
        {
            return new(RunStatus.Failed, $"The run took longer than its time-out of {state.Runbook.Timeout}.");
        }

        return state.Steps.FirstOrDefault(step => step.Spoils) is { } spoiler
            ? new(RunStatus.Failed, $"Step {spoiler.Number} '{spoiler.Definition.Name}' {(spoiler.Status == StepStatus.Unknown ? "has an unknown outcome" : "failed")}: {spoiler.Error}")
            : new(RunStatus.Success, null);
    }

    // A group is a step with those that start with it; a group begins when all before it have ended.
    private static IEnumerable<IReadOnlyList<StepState>> Groups(RunState state)
    {
        List<StepState> group = [];
        foreach (StepState step in state.Steps)
        {
            if (step.Definition.Start == StepStart.AfterPrevious && group.Count > 0)
            {
                yield return group;
                group = [];
            }

            group.Add(step);
        }

        yield return group;
    }
}
