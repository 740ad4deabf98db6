using OctoWorkers.Engine.Packages;

namespace OctoWorkers.Engine.Runs;

/// <summary>Which steps a run leaves out, and why.</summary>
internal static class SkippedSteps
{
    /// <summary>Steps that somebody asked to leave out.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StepNotFound"/>; <see cref="EngineError.InvalidArgument"/> for a required step.</exception>
    public static IReadOnlyDictionary<int, string> Of(RunbookDefinition runbook, IReadOnlyList<string> names)
    {
        Dictionary<int, string> skipped = [];
        foreach (string name in names)
        {
            int number = 1 + runbook.Steps.TakeWhile(step => !EntityName.Comparer.Equals(step.Name, name)).Count();
            if (number > runbook.Steps.Count)
            {
                throw new OctoWorkersException(
                    EngineError.StepNotFound,
                    $"Runbook '{runbook.Name}' has no step '{name}' to skip. It has: {string.Join(", ", runbook.Steps.Select(step => step.Name))}.", name);
            }

            if (runbook.Steps[number - 1].Required)
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, $"Step '{name}' of runbook '{runbook.Name}' is required and cannot be skipped.", name);
            }

            skipped[number] = "it was asked to be skipped";
        }

        return skipped;
    }

    /// <summary>The request that repeats a run from its first step that did not succeed: same snapshot, the steps before it left out.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidRunState"/> unless the run failed or was canceled.</exception>
    public static RunRequest ForRerun(RunDetails run)
    {
        RunRecord record = run.Run;
        if (record.Status is not (RunStatus.Failed or RunStatus.Canceled))
        {
            throw new OctoWorkersException(
                EngineError.InvalidRunState, $"{record.Id} is {record.Status}; only a failed or canceled run can be run again from where it failed.", record.Id);
        }

        StepDetails? first = run.Steps.FirstOrDefault(step => step.Status is not (StepStatus.Succeeded or StepStatus.Skipped));
        Dictionary<int, string> skipped = run.Steps
            .Where(step => step.Status == StepStatus.Succeeded || step.Number < first?.Number)
            .ToDictionary(step => step.Number, step => step.Status == StepStatus.Succeeded ? $"it succeeded in {record.Id}" : $"it was skipped in {record.Id}");
        foreach ((int number, string reason) in record.Request.SkippedSteps)
        {
            skipped.TryAdd(number, reason);
        }

        Dictionary<int, IReadOnlyList<string>> succeeded = new(record.Request.SucceededTargets);
        foreach (StepDetails step in run.Steps.Where(step => step.Targets is not null && !skipped.ContainsKey(step.Number)))
        {
            succeeded[step.Number] =
            [
                .. succeeded.GetValueOrDefault(step.Number) ?? [],
                .. step.Targets!.Where(target => target.Status == StepStatus.Succeeded).Select(target => target.Name),
            ];
        }

        return record.Request with
        {
            Token = null, Parent = null, ParentStep = null, ParentWaits = false, Depth = 0, RerunOf = record.Id, SkippedSteps = skipped,
            PackageVersions = PackageChoices.VersionsOf(record.Request, run.Plan),
            SucceededTargets = succeeded,
            Unfinished = Unfinished(run, skipped, succeeded),
            ExcludedTargets =
            [
                .. record.Request.ExcludedTargets
                    .Concat(run.Steps.SelectMany(step => step.Targets ?? []).Where(target => target.IsExcluded).Select(target => target.Name))
                    .Distinct(EntityName.Comparer),
            ],
            Outputs = [.. run.Outputs.Where(output => skipped.ContainsKey(output.Step)
                || (output.Machine is { } target && succeeded.TryGetValue(output.Step, out IReadOnlyList<string>? done) && done.Contains(target, EntityName.Comparer)))],
        };
    }

    // What an earlier rerun was to do and did not is still to do.
    private static Dictionary<int, IReadOnlyList<string>> Unfinished(
        RunDetails run, Dictionary<int, string> skipped, Dictionary<int, IReadOnlyList<string>> succeeded)
    {
        RunRequest request = run.Run.Request;
        return run.Steps
            .Where(step => !skipped.ContainsKey(step.Number)
                && (step.Status is not (StepStatus.Succeeded or StepStatus.Skipped) || request.Unfinished.ContainsKey(step.Number)))
            .ToDictionary(step => step.Number, step => (IReadOnlyList<string>)
            [
                .. (request.Unfinished.GetValueOrDefault(step.Number) ?? [])
                    .Concat((step.Targets ?? []).Where(target => target is { IsExcluded: false }).Select(target => target.Name))
                    .Except(succeeded.GetValueOrDefault(step.Number) ?? [], EntityName.Comparer),
            ]);
    }
}
