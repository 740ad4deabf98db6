namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's log says of an event, in words.</summary>
internal static class RunNotes
{
    public static IEnumerable<(LogLevel Level, string Text)> Of(RunState before, RunEvent happened) => happened switch
    {
        RunPlanned planned => planned.Plan.Draws.Select(draw => (LogLevel.Verbose, Draw(planned.Plan, draw))),
        TargetExcluded excluded => [(LogLevel.Warning, $"Deployment target '{excluded.Name}' is left out of the rest of the run: {excluded.Reason.TrimEnd('.')}.")],
        StepSkipped { Step: var number } skipped when before.Step(number).Target is not null || before.Step(number).HasParts && TargetNotes.IsForWantOfTargets(skipped.Reason) => [(LogLevel.Warning, $"{Step(before, number)} is skipped: {skipped.Reason.TrimEnd('.')}.")],
        StepSkipped skipped => [(LogLevel.Verbose, $"{Step(before, skipped.Step)} is skipped: {skipped.Reason}.")],
        AttemptIntended { WorkerName: { } worker } intended =>
            [(LogLevel.Verbose, $"{Step(before, intended.Step)} starts{On(before.Step(intended.Step), worker)}{(intended.Attempt > 1 ? $" (attempt {intended.Attempt})" : "")}.")],
        PackageAcquired { Package: { Moved: > 0 } package } => [(LogLevel.Verbose, $"{package} was acquired on {package.Worker} ({package.Moved} bytes moved).")],
        PackageAcquired { Package: var package } => [(LogLevel.Verbose, $"{package} was on {package.Worker} already.")],
        AttemptEnded { Receipt: { } receipt } ended => [(LogLevel.Warning, $"{Step(before, ended.Step)} was ended: {Receipt(receipt)}")],
        RetryScheduled retry => [(LogLevel.Wait, $"{Step(before, retry.Step)} is tried again at {retry.Due:HH:mm:ss}Z (attempt {retry.Attempt}).")],
        ChildRunCreated child => [(LogLevel.Information, $"{Step(before, child.Step)} created {child.Child}{(child.Wait ? " and waits for it" : "")}.")],
        StepEnded { Error: { } error, Status: StepStatus.Succeeded } ended => [(LogLevel.Warning, $"{Step(before, ended.Step)}: {error}")],
        FailureHeld { Error: { } error } held => [(LogLevel.Error, $"{Step(before, held.Step)} {Word(held.Status)}: {error}")],
        InterruptionRaised raised => [(LogLevel.Wait, Raised(before, raised))],
        InterruptionAnswered answered => [(LogLevel.Highlight, Answered(before, answered))],
        WorkersDrawnAgain again => again.Plan.Draws.Select(draw => (LogLevel.Verbose, Draw(again.Plan, draw))),
        StepEnded { Error: { } error } ended => [(LogLevel.Fatal, $"{Step(before, ended.Step)} {Word(ended.Status)}: {error}")],
        WorkerReplaced replaced => [(LogLevel.Warning, $"{replaced.LostName} cannot be reached; {replaced.Draw.WorkerName} takes its place ({replaced.Draw.Reason}).")],
        CancelRequested cancel => [(LogLevel.Warning, Canceled(cancel.By, cancel.Reason))],
        RunTimeoutReached => [(LogLevel.Fatal, $"The run took longer than its time-out of {before.Runbook.Timeout}.")],
        TakenOver taken => [(LogLevel.Warning, $"{taken.By} drives the run from here on: whoever drove it before has died or given it up.")],
        _ => [],
    };

    public static string Canceled(string by, string reason) => $"Canceled by {by}{(reason.Length > 0 ? $": {reason}" : "")}.";

    private static string Raised(RunState state, InterruptionRaised raised)
    {
        string words = string.Join(", ", raised.Answers.Select(answer => answer.ToString().ToLowerInvariant()));
        string people = raised.Responsible.Count == 0 ? "a person" : string.Join(" or ", raised.Responsible);
        InterruptionId id = new(state.Run, raised.Number);
        return $"{Step(state, raised.Part ?? raised.Step)} waits for {people}. Answer {id} with one of: {words} (octoworkers intervention {words.Split(',')[0]} {id}).\n{raised.Text}";
    }

    private static string Answered(RunState state, InterruptionAnswered answered)
        => $"{Step(state, state.Interruptions[answered.Number - 1].Number)}: {answered.By} answered {answered.Answer.ToString().ToLowerInvariant()}"
            + (answered.Notes.Length > 0 ? $": {answered.Notes}" : ".");

    public static string Receipt(TerminationReceipt receipt) => receipt.Verdict switch
    {
        TerminationVerdict.NothingLeft => $"nothing is left on the worker ({Ended(receipt)}, {Means(receipt.Means)}).",
        TerminationVerdict.NoneFound => $"nothing more was found on the worker ({Ended(receipt)}, {Means(receipt.Means)}).",
        TerminationVerdict.Left => $"still there: {string.Join(", ", receipt.Remaining.Select(left => $"{left.Name} ({left.ProcessId})"))}.",
        TerminationVerdict.NeverStarted => "it had not started.",
        _ => "the worker could not be reached, so this is unverified; it is cleaned at the next contact.",
    };

    private static string Ended(TerminationReceipt receipt) => receipt.Ended.Count == 1 ? "1 process ended" : $"{receipt.Ended.Count} processes ended";

    private static string Means(TerminationMeans? means) => means switch
    {
        TerminationMeans.ControlGroup => "by control group",
        TerminationMeans.PidNamespace => "by PID namespace",
        TerminationMeans.Subreaper => "by subreaper",
        TerminationMeans.Search => "by search",
        _ => "by unknown means",
    };

    private static string Draw(RunPlan plan, WorkerDraw draw)
    {
        string steps = string.Join(", ", plan.Steps.Where(step => step.Key == draw.Key).Select(step => step.Number));
        return $"{draw.WorkerName} was chosen from {draw.PoolName} for {(steps.Contains(',') ? "steps" : "step")} {steps}: {draw.Reason}.";
    }

    private static string On(StepState step, string machine) => step.Target?.Name == machine ? " there" : $" on {machine}";

    private static string Step(RunState state, int number) => state.Step(number).Words;

    private static string Word(StepStatus status) => status switch
    {
        StepStatus.Unknown => "has an unknown outcome",
        StepStatus.Canceled => "was canceled",
        _ => "failed",
    };
}
