using System.Globalization;

namespace OctoWorkers.Cli.Output;

/// <summary>Plans for people.</summary>
internal static class PlanTables
{
    internal static TextTable Steps(RunPlan plan)
    {
        TextTable table = new("#", "STEP", "POOL", "WORKER", "WHY");
        foreach (PlannedStep step in plan.Steps)
        {
            string number = step.Number.ToString(CultureInfo.InvariantCulture);
            if (step.SkipReason is { } reason)
            {
                table.Add(number, new(step.Name, Tone.Faint), (string?)null, (string?)null, new($"skipped: {reason}", Tone.Faint));
            }
            else
            {
                table.Add(number, step.Name, step.PoolName, step.WorkerName, step.PoolReason);
            }
        }

        return table;
    }

    internal static TextTable Draws(RunPlan plan)
    {
        TextTable table = new("POOL", "CURSOR", "DRAWN", "WHY", "PASSED OVER") { WhenEmpty = "No worker is drawn." };
        foreach (WorkerDraw draw in plan.Draws)
        {
            table.Add(
                draw.PoolName, $"{draw.Before?.WorkerName ?? Words.None} → {draw.After?.WorkerName ?? Words.None}", draw.WorkerName, draw.Reason,
                string.Join("; ", draw.Skipped.Select(Skipped)));
        }

        return table;
    }

    /// <summary>What has to be on which worker; null when the plan has no packages.</summary>
    internal static TextTable? Packages(RunPlan plan)
    {
        var needs = plan.Steps.SelectMany(step => step.Packages.Select(package => (step.WorkerName, Package: package))).Distinct().ToArray();
        if (needs.Length == 0)
        {
            return null;
        }

        TextTable table = new("PACKAGE", "VERSION", "FEED", "SIZE", "NEEDED ON");
        foreach ((string? worker, PlannedPackage package) in needs)
        {
            table.Add(
                package.PackageId, package.Version ?? Words.None, package.Feed, package.IsMoved ? Words.Bytes(package.Size) : Words.None,
                package.IsMoved ? worker : "not acquired");
        }

        return table;
    }

    /// <summary>The deployment targets of the steps, and those that are left out; null when no step is about any.</summary>
    internal static TextTable? Targets(RunPlan plan)
    {
        PlannedStep[] steps = [.. plan.Steps.Where(step => step.Targets is not null || step.SkippedTargets.Count > 0)];
        if (steps.Length == 0)
        {
            return null;
        }

        TextTable table = new("#", "STEP", "TARGETS", "LEFT OUT");
        foreach (PlannedStep step in steps)
        {
            table.Add(
                step.Number.ToString(CultureInfo.InvariantCulture), step.Name, Words.List([.. (step.Targets ?? []).Select(target => target.Name)]),
                string.Join("; ", step.SkippedTargets.Select(Skipped)));
        }

        return table;
    }

    private static string Skipped(SkippedWorkers skipped)
    {
        string more = skipped.Count > skipped.Names.Count
            ? string.Create(CultureInfo.InvariantCulture, $" and {skipped.Count - skipped.Names.Count} more")
            : "";
        return $"{Words.List(skipped.Names)}{more}: {skipped.Reason}";
    }
}
