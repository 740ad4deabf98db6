namespace OctoWorkers.Engine.Runs;

/// <summary>The parts of a step, one for each of its deployment targets: which go on next, and what their ends mean for the step. Pure.</summary>
internal static class StepParts
{
    /// <summary>How the reason begins of a step all of whose targets were left out.</summary>
    public const string AllLeftOut = "all its deployment targets were left out";

    /// <summary>Decides for the parts of a step that may begin, or has begun.</summary>
    /// <param name="state">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="active">How many steps and parts are under way in the run.</param>
    /// <param name="now">The time.</param>
    /// <param name="decisions">Takes the decisions.</param>
    /// <returns>How many are under way then.</returns>
    public static int Continue(RunState state, StepState step, int active, DateTimeOffset now, List<RunDecision> decisions)
    {
        StepState[] parts = [.. state.PartsOf(step.Number)];
        if (parts.All(part => part.HasEnded))
        {
            decisions.Add(new RunDecision.Conclude(step.Number));
            return active;
        }

        int window = step.Definition.Targets!.Window ?? int.MaxValue;
        int open = parts.Count(part => part.Status == StepStatus.Running);

        // A rolling step stops where it fails, also while a person is to say whether it did; one that is not has asked for all of them at once.
        bool isFailed = window != int.MaxValue && parts.Any(part => part.Spoils);
        bool isHeld = window != int.MaxValue && parts.Any(part => part.Held is not null);
        foreach (StepState part in parts)
        {
            if (part is { IsBusy: true, ActiveAttempt: null } && !state.IsStopping && LeftOutReason(state, part) is { } left)
            {
                // It waited for another attempt, which there is not to be.
                string failure = part.Attempts is [.., { Error: { } error }] ? $" The failure was: {error}" : "";
                decisions.Add(new RunDecision.Skip(part.Number, $"{left}{failure}"));
            }
            else if (part.Status == StepStatus.Running)
            {
                RunDecider.Continue(state, part, now, decisions);
            }
            else if (part.Status == StepStatus.Pending)
            {
                if (SkipReason(state, part, isFailed) is { } reason)
                {
                    decisions.Add(new RunDecision.Skip(part.Number, reason));
                }
                else if (active < state.Runbook.MaxParallelism && open < window && !isHeld && !state.AwaitsPerson)
                {
                    decisions.Add(new RunDecision.Begin(part.Number, 1));
                    active++;
                    open++;
                }
            }
        }

        return active;
    }

    /// <summary>The end of a step all parts of which have ended.</summary>
    /// <param name="state">The run.</param>
    /// <param name="number">The step's number.</param>
    /// <param name="at">The time.</param>
    public static RunEvent Conclude(RunState state, int number, DateTimeOffset at)
    {
        StepState[] parts = [.. state.PartsOf(number)];
        foreach (StepStatus status in (StepStatus[])[StepStatus.Failed, StepStatus.Unknown, StepStatus.Canceled])
        {
            if (parts.Where(part => part.Status == status).ToArray() is { Length: > 0 } found)
            {
                return new StepEnded(number, status, Error(parts, found)) { At = at };
            }
        }

        StepState[] ignored = [.. parts.Where(part => part is { Status: StepStatus.Succeeded, Error: not null })];
        return parts.All(part => part.Status == StepStatus.Skipped)
            ? new StepSkipped(number, $"{AllLeftOut} ({string.Join("; ", parts.Select(part => $"{part.Target!.Name}: {part.Error}"))})") { At = at }
            : new StepEnded(number, StepStatus.Succeeded, ignored.Length == 0 ? null : Error(parts, ignored)) { At = at };
    }

    private static string Error(StepState[] parts, StepState[] found)
    {
        string more = found.Length > 1 ? $" (and for {string.Join(", ", found.Skip(1).Take(SkippedWorkers.MaxNames).Select(part => $"'{part.Target!.Name}'"))}{(found.Length > SkippedWorkers.MaxNames + 1 ? " and others" : "")})" : "";
        return $"for {found.Length} of {parts.Length} deployment targets, '{found[0].Target!.Name}': {found[0].Error}{more}";
    }

    private static string? SkipReason(RunState state, StepState part, bool isFailed)
        => LeftOutReason(state, part) ?? RunDecider.StopSkipReason(state, part) ?? (isFailed ? "the step failed for a target before it" : null);

    private static string? LeftOutReason(RunState state, StepState part)
        => state.Excluded.TryGetValue(part.Target!.Target, out string? why) ? $"the target was left out of the run: {why}" : null;
}
