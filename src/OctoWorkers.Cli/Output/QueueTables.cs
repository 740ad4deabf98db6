using System.Globalization;

namespace OctoWorkers.Cli.Output;

/// <summary>The queue, and who waits for what, for people.</summary>
internal static class QueueTables
{
    internal static TextTable Queue(IReadOnlyList<RunSummary> runs, TimeProvider time)
    {
        TextTable table = new("#", "RUN", "RUNBOOK", "ENVIRONMENT", "PRIORITY", "CREATED", "WAITS FOR")
        {
            WhenEmpty = "No run is in the queue.", WholeColumns = 2,
        };
        for (int i = 0; i < runs.Count; i++)
        {
            RunSummary run = runs[i];
            table.Add(
                (i + 1).ToString(CultureInfo.InvariantCulture), run.Id.ToString(), run.Runbook, run.Environment, Words.Of(run.Priority),
                Words.Of(run.Created, time), run.WaitingFor);
        }

        return table;
    }

    /// <summary>The waits of runs, a row each.</summary>
    internal static TextTable Waits(IReadOnlyList<RunRecord> runs, TimeProvider time)
    {
        TextTable table = new("RUN", "WAITS FOR", "SINCE", "HELD BY") { WholeColumns = 1 };
        foreach (RunRecord run in runs)
        {
            foreach (Wait wait in run.Waits)
            {
                string step = wait.Step is { } number ? string.Create(CultureInfo.InvariantCulture, $"step {number}: ") : "";
                table.Add(run.Id.ToString(), $"{step}{wait.What}", Words.Of(wait.Since, time), Words.List([.. wait.Holders.Select(holder => holder.Name)]));
            }
        }

        return table;
    }
}
