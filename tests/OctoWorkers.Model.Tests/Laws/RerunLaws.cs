using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>A run that repeats another one from where it failed: what succeeded there is not done again, neither whole steps nor their parts, and a target that was excluded stays out.</summary>
internal static class RerunLaws
{
    /// <summary>Looks at all runs that have ended.</summary>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public static void Verify(IReadOnlyDictionary<RunId, (RunRecord Run, IReadOnlyList<RunEvent> Events)> runs)
    {
        foreach ((RunRecord run, IReadOnlyList<RunEvent> events) in runs.Values)
        {
            if (run.Request.RerunOf is { } of && Broken(new(run, events), events, new(runs[of].Run, runs[of].Events), runs[of].Events) is { } broken)
            {
                throw new LawBrokenException($"{run.Id} repeats {of}, and {broken}.\n  {string.Join("\n  ", runs[of].Events)}\nand\n  {string.Join("\n  ", events)}");
            }
        }
    }

    private static string? Broken(TargetLaws targets, IReadOnlyList<RunEvent> events, TargetLaws earlier, IReadOnlyList<RunEvent> before)
    {
        HashSet<(int Step, DeploymentTargetId? Target)> done =
            [.. before.OfType<StepEnded>().Where(ended => ended.Status == StepStatus.Succeeded).Select(ended => earlier.PlaceOf(ended.Step))];
        HashSet<DeploymentTargetId> excluded = [.. before.OfType<TargetExcluded>().Select(left => left.Target)];
        foreach (AttemptIntended intended in events.OfType<AttemptIntended>())
        {
            (int step, DeploymentTargetId? target) = targets.PlaceOf(intended.Step);
            if (done.Contains((step, null)) || done.Contains((step, target)))
            {
                return $"it does step {step} again{(target is null ? "" : $" for {target}")}, which succeeded there";
            }

            if (target is { } about && excluded.Contains(about))
            {
                return $"it does step {step} for {about}, which was excluded there";
            }
        }

        return null;
    }
}
