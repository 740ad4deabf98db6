using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Planning;

/// <summary>
/// Which deployment targets a step runs for: those of the run's environment and tenant that have one of its tags, are not disabled and are healthy (semantics, section 1).
/// Chosen once, when the run is planned.
/// </summary>
internal sealed class TargetSelection
{
    internal const string OtherTags = "has none of the tags";
    private const string NotThere = "not there any more";

    private readonly string environment;
    private readonly DeploymentTargetRecord[] targets;
    private readonly PlanningFacts facts;
    private readonly PlanningScope scope;
    private readonly WorkerEligibility eligibility;
    private int last;

    /// <summary>Begins.</summary>
    /// <param name="steps">How many steps the runbook has: the parts of steps are numbered after them.</param>
    /// <param name="environment">Name of the run's environment.</param>
    /// <param name="facts">The store's facts.</param>
    /// <param name="scope">What the run wants.</param>
    /// <param name="eligibility">Which machines may be chosen.</param>
    internal TargetSelection(int steps, string environment, PlanningFacts facts, PlanningScope scope, WorkerEligibility eligibility)
    {
        last = steps;
        this.environment = environment;
        this.facts = facts;
        this.scope = scope;
        this.eligibility = eligibility;
        targets = [.. facts.Targets.OrderBy(target => target.Name, EntityName.Comparer)];
    }

    /// <summary>That of a run about deployment targets alone, whatever their health.</summary>
    /// <param name="request">The run.</param>
    /// <param name="targets">The deployment targets.</param>
    internal static TargetSelection Of(RunRequest request, IReadOnlyList<DeploymentTargetRecord> targets)
        => new(
            request.Snapshot.Steps.Count, request.Environment.Name, new([], [], new Dictionary<WorkerPoolId, PoolCursor>(), false) { Targets = targets },
            PlanningScope.Of(request), WorkerEligibility.ForPreview);

    /// <summary>Whether leaving targets out for a reason is a matter of course, rather than something to be warned of.</summary>
    internal static bool IsOrdinary(SkippedWorkers group)
        => !UnfinishedWork.IsMissed(group.Reason) && (group.Reason is OtherTags or "disabled" || group.Reason.StartsWith("not in environment ", StringComparison.Ordinal)
            || TenantMatch.IsReason(group.Reason)
            || group.Reason.EndsWith(" the run that this one repeats", StringComparison.Ordinal));

    /// <summary>The targets of a step.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="step">The step; it names tags of targets.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleTarget"/>.</exception>
    internal TargetChoice Choose(int number, StepDefinition step)
    {
        if (scope.ChosenTargets is { } chosen)
        {
            // What was chosen once stays, and keeps its numbers.
            return new(chosen.GetValueOrDefault(number) ?? [], [], chosen.ContainsKey(number) ? null : "it had no deployment target when the run was planned");
        }

        SkippedGroups skipped = new();
        SkippedGroups broken = new();
        List<PlannedTarget> found = [];
        foreach (DeploymentTargetRecord target in targets)
        {
            bool skips = SkipsUnavailable(target);
            if (LeftOut(number, step, target) is { } reason)
            {
                skipped.Add(IsUnfinished(number, target.Name) ? new(UnfinishedWork.Missed(reason.Text)) : reason, target.Name);
            }
            else if (Problem(step, target) is { } problem)
            {
                (skips && problem.Missing == 0 ? skipped : broken).Add(problem, target.Name);
            }
            else
            {
                found.Add(new(0, target.Id, target.Name, target.Tags) { SkipsUnavailable = skips, BypassDeploymentMutex = target.BypassDeploymentMutex });
            }
        }

        foreach (string name in Gone(number))
        {
            skipped.Add(new(UnfinishedWork.Missed(NotThere)), name);
        }

        if (broken.ToList() is { Count: > 0 } groups)
        {
            throw NoEligibleTarget.Broken(step, groups);
        }

        IReadOnlyList<SkippedWorkers> left = skipped.ToList();
        string? none = found.Count > 0 ? null : NoEligibleTarget.None(step, environment, left);
        return none is not null && step.Required ? throw NoEligibleTarget.Required(step, none)
            : new([.. found.Select(target => target with { Number = ++last })], left, none);
    }

    /// <summary>What the step leaves out of the deployment targets for which it did not succeed in the run that is repeated, whatever their health; and whether it has any target.</summary>
    internal (IReadOnlyList<SkippedWorkers> Missed, bool HasAny) Unfinished(int number, StepDefinition step)
    {
        SkippedGroups missed = new();
        bool hasAny = false;
        foreach (DeploymentTargetRecord target in targets)
        {
            if (LeftOut(number, step, target) is not { } reason)
            {
                hasAny = true;
            }
            else if (IsUnfinished(number, target.Name))
            {
                missed.Add(reason, target.Name);
            }
        }

        foreach (string name in Gone(number))
        {
            missed.Add(new(NotThere), name);
        }

        return (missed.ToList(), hasAny);
    }

    /// <summary>Why a step leaves out a deployment target, whatever its health; null when it does not.</summary>
    internal string? WhyLeftOut(int number, StepDefinition step, DeploymentTargetRecord target) => LeftOut(number, step, target)?.Text;

    private bool IsUnfinished(int number, string target)
        => scope.Unfinished.TryGetValue(number, out IReadOnlyList<string>? unfinished) && unfinished.Contains(target, EntityName.Comparer);

    private IEnumerable<string> Gone(int number)
        => scope.Unfinished.GetValueOrDefault(number)?.Except(targets.Select(target => target.Name), EntityName.Comparer) ?? [];

    private Ineligibility? LeftOut(int number, StepDefinition step, DeploymentTargetRecord target)
        => !target.Tags.Any(tag => step.Targets!.Tags.Contains(tag, EntityName.Comparer)) ? new(OtherTags)
            : !target.Environments.Contains(environment, EntityName.Comparer) ? new($"not in environment '{environment}'")
            : TenantMatch.Problem(target.Tenants, scope.Tenant) is { } tenants ? new(tenants)
            : target.Disabled ? new("disabled")
            : scope.ExcludedTargets.Contains(target.Name, EntityName.Comparer) ? new("a person excluded it from the run that this one repeats")
            : scope.SucceededTargets.TryGetValue(number, out IReadOnlyList<string>? done) && done.Contains(target.Name, EntityName.Comparer)
                ? new("the step succeeded for it in the run that this one repeats")
            : null;

    private Ineligibility? Problem(StepDefinition step, DeploymentTargetRecord target)
        => eligibility.Problem(target.Machine) ?? (step.Targets!.OnWorker ? null : eligibility.Unmet(target.Machine, StepNeed.DemandsOf(step)));

    private bool SkipsUnavailable(DeploymentTargetRecord target)
        => (scope.UnavailableTargets != UnavailableTargets.Default ? scope.UnavailableTargets
            : MachinePolicies.Of(target.Machine, facts.Policies).UnavailableTargets) == UnavailableTargets.Skip;
}
