using System.Globalization;

namespace OctoWorkers.PowerShell.Formatting;

/// <summary>A plan as a table of its steps, and the draws with the workers that were passed over. For the views of the module.</summary>
public static class PlanTable
{
    /// <summary>The plan of a run that is not made: a heading, and what <see cref="Of"/> gives.</summary>
    /// <param name="run">The run.</param>
    public static string OfRun(PlannedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string by = run.StartedBy.Count == 0 ? "" : $", started by {string.Join(" / ", run.StartedBy)}";
        string waits = Wait.InWords(run.Waits) is { } words ? $"\n\nIt would wait for {words}." : "";
        return $"{run.Runbook} in {run.Environment}{by}\n{Of(run.Plan)}{waits}";
    }

    /// <summary>The table, and a line for each draw.</summary>
    /// <param name="plan">The plan.</param>
    public static string Of(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string steps = Table(
            ["#", "Step", "Pool", "Worker", "Why"],
            plan.Steps.Select(step => new[] { $"{step.Number}", step.Name, step.PoolName ?? "", step.WorkerName ?? "", Why(step) }));
        IEnumerable<string> draws = plan.Draws.Select(draw => $"{draw.PoolName} gives {draw.WorkerName} ({Cursor(draw)}): {draw.Reason}{Aside(draw)}");
        return string.Join("\n\n", ((string?[])[steps, plan.Draws.Count == 0 ? null : string.Join('\n', draws), Packages(plan)]).OfType<string>());
    }

    /// <summary>Why a step has its pool, or why it is skipped.</summary>
    /// <param name="step">The step.</param>
    public static string Why(PlannedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        string targets = step.Targets is null ? "" : $"for {string.Join(", ", step.Targets.Select(target => target.Name))}; ";
        string left = step.SkippedTargets.Count == 0 || step.Targets is null ? "" : $" (left out: {Groups(step.SkippedTargets)})";
        return step.SkipReason is { } reason ? $"skipped: {reason}" : $"{targets}{step.PoolReason}{left}";
    }

    /// <summary>The cursor before and after a draw.</summary>
    /// <param name="draw">The draw.</param>
    public static string Cursor(WorkerDraw draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        return $"{draw.Before?.WorkerName ?? "-"} → {draw.After?.WorkerName ?? "-"}";
    }

    /// <summary>The workers that a draw passed over, grouped by reason.</summary>
    /// <param name="draw">The draw.</param>
    public static string PassedOver(WorkerDraw draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        return Groups(draw.Skipped);
    }

    private static string Groups(IReadOnlyList<SkippedWorkers> groups)
        => string.Join("; ", groups.Select(group => $"{string.Join(", ", group.Names)}{(group.Count > group.Names.Count ? ", ..." : "")} ({group.Reason})"));

    // What has to be on which worker; null when the plan has no packages.
    private static string? Packages(RunPlan plan)
    {
        string[][] rows = [.. plan.Steps.SelectMany(step => step.Packages.Select(package => (step.WorkerName, Package: package))).Distinct().Select(need => new[]
        {
            need.Package.PackageId, need.Package.Version ?? "-", need.Package.Feed, need.Package.IsMoved ? Bytes(need.Package.Size) : "-",
            need.Package.IsMoved ? need.WorkerName ?? "" : "not acquired",
        })];
        return rows.Length == 0 ? null : Table(["Package", "Version", "Feed", "Size", "Needed on"], rows);
    }

    private static string Bytes(long size) => size switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{size} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{size / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{size / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{size / 1e9:0.0} GB"),
    };

    private static string Aside(WorkerDraw draw) => draw.Skipped.Count == 0 ? "" : $"\n  passed over: {PassedOver(draw)}";

    private static string Table(string[] heads, IEnumerable<string[]> rows)
    {
        string[][] all = [heads, .. rows];
        int[] widths = [.. heads.Select((_, column) => all.Max(row => row[column].Length))];
        IEnumerable<string> lines = all.Select((row, index) =>
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            return index == 0 ? Colors.Paint(line, Colors.Green) : line;
        });
        return string.Join('\n', lines);
    }
}
