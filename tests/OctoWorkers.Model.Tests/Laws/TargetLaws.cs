using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>
/// Steps that are about deployment targets: each has a part for each of its targets, never more of them under way than its window, which begins for no further one after a
/// failure; a target runs one step at a time, whatever the number of runs, and only for tenants that it is for.
/// </summary>
internal sealed class TargetLaws
{
    private readonly RunRecord run;
    private readonly IReadOnlyList<RunEvent> events;
    private readonly Dictionary<int, (int Step, DeploymentTargetId Target)> parts = [];

    public TargetLaws(RunRecord run, IReadOnlyList<RunEvent> events)
    {
        this.run = run;
        this.events = events;
        foreach (PlannedStep step in events.OfType<RunPlanned>().SelectMany(planned => planned.Plan.Steps))
        {
            foreach (PlannedTarget target in step.Targets ?? [])
            {
                parts[target.Number] = (step.Number, target.Target);
            }
        }
    }

    /// <summary>The definition of a step, or of the one that a part is of.</summary>
    public StepDefinition StepOf(int number) => run.Request.Snapshot.Steps[PlaceOf(number).Step - 1];

    /// <summary>The step that a number means, and the target that it is about, if any.</summary>
    public (int Step, DeploymentTargetId? Target) PlaceOf(int number)
        => parts.TryGetValue(number, out (int Step, DeploymentTargetId Target) part) ? part : (number, null);

    /// <summary>Looks at what all runs did to each target.</summary>
    /// <exception cref="LawBrokenException">A target had two steps at once.</exception>
    public static void Verify(IReadOnlyDictionary<RunId, (RunRecord Run, IReadOnlyList<RunEvent> Events)> runs, IReadOnlyList<WitnessEntry> witness)
    {
        Dictionary<(long Run, int Step), DeploymentTargetId> targets = [];
        foreach ((RunRecord run, IReadOnlyList<RunEvent> events) in runs.Values)
        {
            foreach ((int number, (_, DeploymentTargetId target)) in new TargetLaws(run, events).parts)
            {
                targets[(run.Id.Number, number)] = target;
            }
        }

        Dictionary<DeploymentTargetId, (long Run, int Step)> busy = [];
        foreach (WitnessEntry entry in witness.Where(entry => entry.Kind == "event"))
        {
            string kind = entry.Seen.GetProperty("kind").GetString()!;
            if (kind is not ("attemptIntended" or "attemptEnded"))
            {
                continue;
            }

            (long, int) step = (entry.Run!.Value, entry.Seen.GetProperty("step").GetInt32());
            if (!targets.TryGetValue(step, out DeploymentTargetId target))
            {
                continue;
            }

            if (kind == "attemptEnded")
            {
                busy.Remove(target);
            }
            else if (!busy.TryAdd(target, step))
            {
                throw new LawBrokenException($"Step {step.Item2} of RunbookRuns-{step.Item1} began for {target} beside step {busy[target].Step} of RunbookRuns-{busy[target].Run}.");
            }
        }
    }

    /// <summary>What is wrong with the parts, in words; null: nothing.</summary>
    public string? Broken()
    {
        string stranger = StoreTemplate.Targets[run.Request.Tenant is null ? 2 : 1];
        if (events.OfType<RunPlanned>().SelectMany(planned => planned.Plan.Steps).SelectMany(step => step.Targets ?? []).Any(target => target.Name == stranger))
        {
            return $"{stranger} was chosen for it, which is not for {run.Request.Tenant?.Name ?? "runs for no tenant"}";
        }

        HashSet<int> open = [];
        HashSet<int> held = [];
        HashSet<int> failed = [];
        HashSet<int> ended = [];
        HashSet<DeploymentTargetId> excluded = [];
        foreach (RunEvent happened in events)
        {
            switch (happened)
            {
                case AttemptIntended begins when parts.TryGetValue(begins.Step, out (int Step, DeploymentTargetId Target) part):
                    if (excluded.Contains(part.Target))
                    {
                        return $"step {part.Step} began for {part.Target}, which was excluded";
                    }

                    if (open.Add(begins.Step) && RollingProblem(part.Step, part.Target, open, held, failed) is { } problem)
                    {
                        return problem;
                    }

                    break;
                case FailureHeld hold:
                    held.Add(hold.Step);
                    break;
                case InterruptionAnswered answered:
                    held.Remove(events.OfType<InterruptionRaised>().First(raised => raised.Number == answered.Number).Part ?? 0);
                    break;
                case TargetExcluded left:
                    excluded.Add(left.Target);
                    break;
                case StepEnded end:
                    End(end.Step);
                    if (end.Status is StepStatus.Failed or StepStatus.Unknown && parts.TryGetValue(end.Step, out (int Step, DeploymentTargetId) of))
                    {
                        failed.Add(of.Step);
                    }

                    break;
                case StepSkipped skipped:
                    End(skipped.Step);
                    break;
            }
        }

        int[] never = [.. parts.Keys.Where(number => !ended.Contains(number) && !ended.Contains(parts[number].Step))];
        return never.Length > 0 ? $"its parts {string.Join(", ", never)} never ended" : null;

        void End(int number)
        {
            open.Remove(number);
            held.Remove(number);
            ended.Add(number);
        }
    }

    private string? RollingProblem(int step, DeploymentTargetId target, HashSet<int> open, HashSet<int> held, HashSet<int> failed)
    {
        if (run.Request.Snapshot.Steps[step - 1].Targets!.Window is not { } window)
        {
            return null;
        }

        int beside = open.Count(number => parts[number].Step == step);
        return beside > window ? $"step {step} is under way for {beside} targets, and its window is {window}"
            : failed.Contains(step) ? $"step {step} began for {target} after it had failed for another one"
            : held.Any(number => PlaceOf(number).Step == step) ? $"step {step} began for {target} while a person was to say whether it had failed for another one"
            : null;
    }
}
