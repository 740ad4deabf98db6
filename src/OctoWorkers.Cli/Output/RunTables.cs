using System.Globalization;

namespace OctoWorkers.Cli.Output;

/// <summary>Runs for people.</summary>
internal static class RunTables
{
    /// <summary>Stands where a sensitive value would.</summary>
    internal const string HiddenValue = "********";

    internal static TextTable Runs(IReadOnlyList<RunSummary> runs, TimeProvider time)
    {
        bool anyWaits = runs.Any(run => run.Waits.Count > 0);
        bool anyTenants = runs.Any(run => run.Tenant is not null);
        string[] columns = ["RUN", "RUNBOOK", "ENVIRONMENT", .. anyTenants ? ["TENANT"] : (string[])[], "STATUS", "CREATED", "TOOK", .. anyWaits ? ["WAITS FOR"] : (string[])[]];
        TextTable table = new(columns) { WhenEmpty = "There are no such runs.", WholeColumns = 1 };
        foreach (RunSummary run in runs)
        {
            Cell[] cells =
            [
                run.Id.ToString(), run.Runbook, run.Environment, .. anyTenants ? [run.Tenant] : (Cell[])[], Cell.Of(run.Status), Words.Of(run.Created, time),
                Words.Duration(run.Started, run.Ended, time), .. anyWaits ? [run.WaitingFor] : (Cell[])[],
            ];
            table.Add(cells);
        }

        return table;
    }

    internal static TextTable Steps(RunDetails details, TimeProvider time)
    {
        TextTable table = new("#", "STEP", "STATE", "WORKER", "ATTEMPTS", "TOOK");
        foreach (StepDetails step in details.Steps)
        {
            table.Add(
                step.Number.ToString(CultureInfo.InvariantCulture), step.Name, Cell.Of(step.Status),
                (step.Attempts.Count > 0 ? step.Attempts[^1].WorkerName : null) ?? step.WorkerName,
                (step.Attempts.Count + (step.Targets?.Sum(target => target.Attempts.Count) ?? 0)).ToString(CultureInfo.InvariantCulture),
                Words.Duration(step.Started, step.Ended ?? details.Run.Ended, time));
            foreach (StepTargetDetails target in step.Targets ?? [])
            {
                table.Add(
                    "", $"  for {target.Name}{(target.IsExcluded ? " (left out of the run)" : "")}", Cell.Of(target.Status), target.WorkerName,
                    target.Attempts.Count.ToString(CultureInfo.InvariantCulture), Words.Duration(target.Started, target.Ended ?? details.Run.Ended, time));
            }
        }

        return table;
    }

    /// <summary>What steps hand on; what is sensitive is never shown.</summary>
    internal static TextTable Outputs(RunDetails details)
    {
        TextTable table = new("STEP", "OUTPUT VARIABLE", "VALUE");
        foreach (OutputVariableSet output in details.Outputs)
        {
            string name = output.Machine is { } machine ? $"{output.Name} [{machine}]" : output.Name;
            table.Add(details.Steps[output.Step - 1].Name, name, output.Value ?? HiddenValue);
        }

        return table;
    }

    /// <summary>What went wrong in steps, and why some did not run: a line each.</summary>
    internal static IEnumerable<string> Remarks(RunDetails details)
        => from step in details.Steps
           let own = step.Error is null ? [] : (string[])[step.Error]
           from remark in own.Concat((step.Targets ?? []).Where(target => target.Error is not null).Select(target => $"{DisplayText.Of(target.Name)}: {target.Error}"))
           select string.Create(CultureInfo.InvariantCulture, $"Step {step.Number}, {DisplayText.Of(step.Name)}: {remark}");

    /// <summary>What ending work left behind on workers: a line for each receipt.</summary>
    internal static IEnumerable<string> Receipts(RunDetails details)
        => from step in details.Steps
           from attempt in step.Attempts.Concat((step.Targets ?? []).SelectMany(target => target.Attempts))
           where attempt.Receipt is not null
           select $"Step {DisplayText.Of(step.Name)} on {DisplayText.Of(attempt.WorkerName ?? Words.None)}: {Receipt(attempt.Receipt!)}";

    /// <summary>How a run ended, in a sentence.</summary>
    internal static string Ending(RunRecord run, TimeProvider time)
    {
        string length = run.Started is null ? "" : $" after {Words.Duration(run.Started, run.Ended, time)}";
        return $"{run.Id}: {run.Status}{length}{(run.Error is null ? "." : $". {run.Error}")}";
    }

    private static string Receipt(TerminationReceipt receipt)
    {
        string ended = receipt.Ended.Count == 0 ? "" : $" Ended: {Processes(receipt.Ended)}.";
        string left = receipt.Remaining.Count == 0 ? "" : $" Still there: {Processes(receipt.Remaining)}.";
        return $"{Verdict(receipt)}{ended}{left}";
    }

    private static string Verdict(TerminationReceipt receipt) => receipt.Verdict switch
    {
        TerminationVerdict.NothingLeft => $"nothing is left (by {Means(receipt.Means)}).",
        TerminationVerdict.NoneFound => $"none found that is left (by {Means(receipt.Means)}).",
        TerminationVerdict.Left => $"some processes could not be ended (by {Means(receipt.Means)}).",
        TerminationVerdict.Unverified => "unverified: the worker could not be reached; it is cleaned at the next contact.",
        TerminationVerdict.NeverStarted => "it had never started, and never will.",
        _ => receipt.Verdict.ToString(),
    };

    /// <summary>What processes are ended with, in words.</summary>
    internal static string Means(TerminationMeans? means) => means switch
    {
        TerminationMeans.ControlGroup => "control group",
        TerminationMeans.PidNamespace => "PID namespace",
        TerminationMeans.Subreaper => "subreaper",
        TerminationMeans.Search => "search",
        _ => "unknown means",
    };

    private static string Processes(IReadOnlyList<EndedProcess> processes)
        => string.Join(", ", processes.Select(process =>
            string.Create(CultureInfo.InvariantCulture, $"{DisplayText.Of(process.Name)} ({process.ProcessId}, {process.Signal})")));
}
