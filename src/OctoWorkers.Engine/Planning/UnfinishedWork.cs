namespace OctoWorkers.Engine.Planning;

/// <summary>
/// What a rerun leaves out of what did not succeed in the run that it repeats: deployment targets that are gone or are for others now, steps that do not apply any more. Pure.
/// </summary>
internal static class UnfinishedWork
{
    private const string Suffix = ", and the step did not succeed for it in the run that is repeated";

    /// <summary>Says what is left out as things stand now, before the rerun is created.</summary>
    /// <param name="request">The rerun.</param>
    /// <param name="targets">The deployment targets of the store.</param>
    /// <returns>A sentence for each step that leaves something out.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleTarget"/> when nothing is left to do.</exception>
    internal static List<string> LeftOut(RunRequest request, IReadOnlyList<DeploymentTargetRecord> targets)
    {
        StepApplicability applicability = new(request.Snapshot, request.Environment.Name, request.SkippedSteps, request.Tenant);
        TargetSelection selection = TargetSelection.Of(request, targets);
        List<string> sentences = [];
        List<string?> nothing = [];
        foreach (int number in request.Unfinished.Keys.Order())
        {
            StepDefinition step = request.Snapshot.Steps[number - 1];
            string words = $"Step {number} '{step.Name}'";
            if (applicability.SkipReason(number) is { } reason)
            {
                sentences.Add(Skipped(words, reason));
                nothing.Add($"{words}: {reason}");
            }
            else if (step.Targets is null)
            {
                nothing.Add(null);
            }
            else
            {
                (IReadOnlyList<SkippedWorkers> missed, bool hasAny) = selection.Unfinished(number, step);
                sentences.AddRange(missed.Select(group => $"{words} leaves out {group}."));
                if (!hasAny && missed.Count == 0)
                {
                    sentences.Add(Skipped(words, "it has no deployment target"));
                }

                nothing.Add(hasAny ? null : $"{words}: {(missed.Count == 0 ? "it has no deployment target" : string.Join("; ", missed))}");
            }
        }

        // Steps that were skipped because of a failure are work, too: to take the machine that failed out and finish the rest is what reruns are for.
        bool hasMore = request.Snapshot.Steps.Index().Any(step => !request.Unfinished.ContainsKey(step.Index + 1) && CanRun(step.Item)
            && applicability.SkipReason(step.Index + 1) is null && (step.Item.Targets is null || selection.Unfinished(step.Index + 1, step.Item).HasAny));
        return nothing.Count > 0 && nothing.All(why => why is not null) && !hasMore ? throw NothingLeft(nothing!) : sentences;
    }

    /// <summary>Refuses a plan that does nothing although the run was created to finish something.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="scope">What the run wants.</param>
    /// <param name="skipped">Why steps do not run, in their order; null for those that do.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleTarget"/>.</exception>
    internal static void Require(RunbookDefinition runbook, PlanningScope scope, IReadOnlyList<string?> skipped)
    {
        // What was begun already is not refused any more when workers are drawn again.
        if (scope is { ChosenTargets: null, Unfinished.Count: > 0 } && scope.Unfinished.Keys.All(number => skipped[number - 1] is not null)
            && skipped.Zip(runbook.Steps).All(step => step.First is not null || !CanRun(step.Second)))
        {
            throw NothingLeft(scope.Unfinished.Keys.Order().Select(number => $"Step {number} '{runbook.Steps[number - 1].Name}': {skipped[number - 1]}"));
        }
    }

    /// <summary>What the log of a rerun says of a step that it leaves out although it did not succeed before; null when there is nothing to say.</summary>
    /// <param name="request">The rerun.</param>
    /// <param name="step">The step as it was planned.</param>
    internal static string? Note(RunRequest request, PlannedStep step)
        => step.SkipReason is { } reason && request.Unfinished.ContainsKey(step.Number) && request.Snapshot.Steps[step.Number - 1].Targets is null
            ? Skipped($"Step {step.Number} '{step.Name}'", reason)
            : null;

    /// <summary>Why a deployment target is left out, of one for which the step did not succeed before.</summary>
    internal static string Missed(string reason) => reason + Suffix;

    /// <summary>Whether a reason is one of these.</summary>
    internal static bool IsMissed(string reason) => reason.EndsWith(Suffix, StringComparison.Ordinal);

    // Where nothing is done, nothing fails.
    private static bool CanRun(StepDefinition step) => step.Condition != StepCondition.Failure;

    private static string Skipped(string step, string reason) => $"{step} did not succeed in the run that is repeated, and is skipped: {reason}.";

    private static OctoWorkersException NothingLeft(IEnumerable<string?> why)
        => new(
            EngineError.NoEligibleTarget,
            $"Nothing is left to do of what did not succeed ({string.Join("; ", why)}). Bring back what is missing, or run the runbook anew, and skip the steps that are done.");
}
