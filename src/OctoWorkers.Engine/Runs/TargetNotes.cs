using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's log says of the deployment targets that were chosen for a step, in words.</summary>
internal static class TargetNotes
{
    public static IEnumerable<(LogLevel Level, string Text)> Of(RunRequest request, PlannedStep step)
    {
        if (UnfinishedWork.Note(request, step) is { } left)
        {
            yield return (LogLevel.Warning, left);
        }

        if (step.Targets is { } targets)
        {
            yield return (LogLevel.Verbose, $"Step {step.Number} '{step.Name}' runs for {Names(targets.Select(target => target.Name), targets.Count)}.");
        }

        foreach (SkippedWorkers group in step.SkippedTargets)
        {
            yield return (
                TargetSelection.IsOrdinary(group) ? LogLevel.Verbose : LogLevel.Warning,
                $"Step {step.Number} '{step.Name}' leaves out {Names(group.Names, group.Count)}: {group.Reason}.");
        }
    }

    /// <summary>Whether a step is skipped because it has no deployment target, or all of them were left out.</summary>
    public static bool IsForWantOfTargets(string reason)
        => reason.StartsWith(NoEligibleTarget.NoTarget, StringComparison.Ordinal) || reason.StartsWith(StepParts.AllLeftOut, StringComparison.Ordinal);

    private static string Names(IEnumerable<string> names, int count)
    {
        string[] shown = [.. names.Take(SkippedWorkers.MaxNames)];
        return count > shown.Length ? $"{string.Join(", ", shown)} and {count - shown.Length} more" : string.Join(", ", shown);
    }
}
