using System.Globalization;

namespace OctoWorkers.Cli.Following;

/// <summary>The progress of a run in words.</summary>
internal static class ProgressText
{
    /// <summary>What the steps that run now have reported last: <c>[Deploy @ worker1] 40 % copying</c>; null when none has.</summary>
    internal static string? Of(RunDetails details)
    {
        string[] reports =
        [
            .. from report in details.Progress
               join step in details.Steps on report.Step equals step.Number
               where step.Status == StepStatus.Running && (step.Attempts.Count == report.Attempt || step.Targets is not null)
               select string.Create(
                   CultureInfo.InvariantCulture,
                   $"[{step.Name}{(step.WorkerName is { } worker ? $" @ {worker}" : "")}] {report.Percentage} %{(report.Message.Length > 0 ? $" {report.Message}" : "")}"),
        ];
        return reports.Length == 0 ? null : string.Join("  ", reports);
    }
}
