using System.Globalization;

namespace OctoWorkers.PowerShell.Formatting;

/// <summary>A run as a tree: the run, its steps, and their attempts where there is more to say than one line holds. For the views of the module.</summary>
public static class RunTree
{
    /// <summary>The tree, a line for each thing.</summary>
    /// <param name="details">The run.</param>
    public static string Of(RunDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        RunRecord run = details.Run;
        RunTreeHead head = new(run.Id.ToString(), run.Request.Snapshot.Name, run.Request.Environment.Name, run.Status)
        {
            Took = TimeText.Took(run.Started, run.Ended), HasEnded = run.HasEnded, WaitingFor = run.WaitingFor ?? "", Error = run.Error ?? "",
        };
        return Of(head, [.. details.Steps.Select(step => new RunTreeRow(step.Number.ToString(CultureInfo.InvariantCulture), step.Name, step.Status)
        {
            Worker = step.WorkerName ?? "", Took = TimeText.Took(step.Started, step.Ended), Below = Below(step),
        })]);
    }

    internal static string Of(RunTreeHead head, IReadOnlyList<RunTreeRow> rows)
    {
        List<string> lines = [head.ToString()];
        int nameWidth = rows.Select(row => row.Name.Length).DefaultIfEmpty().Max();
        int workerWidth = rows.Select(row => row.Worker.Length).DefaultIfEmpty().Max();
        int statusWidth = rows.Select(row => row.Status?.ToString().Length ?? 0).DefaultIfEmpty().Max();
        for (int i = 0; i < rows.Count; i++)
        {
            bool isLast = i == rows.Count - 1;
            RunTreeRow row = rows[i];
            string status = row.Status is { } known ? StatusText.Step(known) + new string(' ', statusWidth - known.ToString().Length) : new string(' ', statusWidth);
            string line = $"{row.Number}. {row.Name.PadRight(nameWidth)}  {status}  {row.Worker.PadRight(workerWidth)}  {row.Took}";
            lines.Add($"{(isLast ? "└─" : "├─")} {line.TrimEnd()}");
            string indent = isLast ? "      " : "│     ";
            lines.AddRange(row.Below.Select(text => indent + text));
        }

        return string.Join('\n', lines);
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
