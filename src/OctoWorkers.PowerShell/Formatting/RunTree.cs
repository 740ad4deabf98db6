namespace OctoWorkers.PowerShell.Formatting;

/// <summary>A run as a tree: the run, its steps, and their attempts where there is more to say than one line holds. For the views of the module.</summary>
public static class RunTree
{
    /// <summary>The tree, a line for each thing.</summary>
    /// <param name="details">The run.</param>
    public static string Of(RunDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        List<string> lines = [Head(details.Run)];
        int nameWidth = details.Steps.Select(step => step.Name.Length).DefaultIfEmpty().Max();
        int workerWidth = details.Steps.Select(step => step.WorkerName?.Length ?? 0).DefaultIfEmpty().Max();
        int statusWidth = details.Steps.Select(step => step.Status.ToString().Length).DefaultIfEmpty().Max();
        for (int i = 0; i < details.Steps.Count; i++)
        {
            bool isLast = i == details.Steps.Count - 1;
            StepDetails step = details.Steps[i];
            string status = StatusText.Step(step.Status) + new string(' ', statusWidth - step.Status.ToString().Length);
            string line = $"{step.Number}. {step.Name.PadRight(nameWidth)}  {status}  {(step.WorkerName ?? "").PadRight(workerWidth)}  {TimeText.Took(step.Started, step.Ended)}";
            lines.Add($"{(isLast ? "└─" : "├─")} {line.TrimEnd()}");
            string indent = isLast ? "      " : "│     ";
            lines.AddRange(Below(step).Select(text => indent + text));
        }

        return string.Join('\n', lines);
    }

    private static string Head(RunRecord run)
    {
        string took = TimeText.Took(run.Started, run.Ended);
        string time = took.Length == 0 ? "" : run.HasEnded ? $" after {took}" : $" for {took}";
        string waiting = run.WaitingFor is { } reason ? $", waits for {reason}" : "";
        string error = run.Error is { Length: > 0 } words ? $": {words}" : "";
        return $"{run.Id}  {run.Request.Snapshot.Name} in {run.Request.Environment.Name}  {StatusText.Run(run.Status)}{time}{waiting}{error}";
    }

    private static IEnumerable<string> Below(StepDetails step)
    {
        if (step.Child is { } child)
        {
            yield return $"started {child}";
        }

        foreach (StepTargetDetails target in step.Targets ?? [])
        {
            string where = target.WorkerName is null || target.WorkerName == target.Name ? "" : $" @ {target.WorkerName}";
            string why = target.Error is { Length: > 0 } words ? $": {words}" : "";
            yield return $"for {target.Name}{where}  {StatusText.Step(target.Status)}  {TimeText.Took(target.Started, target.Ended)}{why}";
        }

        // One attempt without anything special is told by the step's own line.
        if (step.Attempts.Count > 1)
        {
            foreach (AttemptDetails attempt in step.Attempts)
            {
                yield return Line(attempt);
            }
        }
        else if (step.Error is { Length: > 0 } error)
        {
            yield return error;
        }

        foreach (AttemptDetails attempt in step.Attempts.Where(one => one.Receipt is not null))
        {
            yield return $"receipt{(step.Attempts.Count > 1 ? $" of attempt {attempt.Number}" : "")}: {ReceiptText.Of(attempt.Receipt)}";
        }
    }

    private static string Line(AttemptDetails attempt)
    {
        string worker = attempt.WorkerName is null ? "" : $" on {attempt.WorkerName}";
        string error = attempt.Error is { Length: > 0 } words ? $": {words}" : "";
        return $"attempt {attempt.Number}{worker}: {attempt.Outcome?.ToString() ?? "running"}, {TimeText.Took(attempt.Started, attempt.Ended)}{error}";
    }
}
