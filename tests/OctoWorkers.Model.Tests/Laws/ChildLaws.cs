using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>Steps that run runbooks: one that waits ends after the run that it waits for, and as that did.</summary>
internal static class ChildLaws
{
    /// <summary>Looks at all runs that have ended.</summary>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public static void Verify(IReadOnlyDictionary<RunId, (RunRecord Run, IReadOnlyList<RunEvent> Events)> runs, IReadOnlyList<WitnessEntry> witness)
    {
        Dictionary<long, int> ends = [];
        Dictionary<(long Run, int Step), int> steps = [];
        foreach ((int place, WitnessEntry entry) in witness.Index().Where(entry => entry.Item.Kind == "event"))
        {
            string kind = entry.Seen.GetProperty("kind").GetString()!;
            if (kind == "runEnded")
            {
                ends[entry.Run!.Value] = place;
            }
            else if (kind == "stepEnded")
            {
                steps[(entry.Run!.Value, entry.Seen.GetProperty("step").GetInt32())] = place;
            }
        }

        foreach ((RunRecord run, IReadOnlyList<RunEvent> events) in runs.Values)
        {
            // A step that was tried again ends as its last child did.
            foreach (ChildRunCreated created in events.OfType<ChildRunCreated>().Where(created => created.Wait).GroupBy(created => created.Step).Select(group => group.Last()))
            {
                RunRecord child = runs[created.Child].Run;
                StepStatus status = events.OfType<StepEnded>().Single(ended => ended.Step == created.Step).Status;
                if (steps[(run.Id.Number, created.Step)] < ends[created.Child.Number])
                {
                    throw new LawBrokenException($"Step {created.Step} of {run.Id} ended before {child.Id}, for which it waits.");
                }

                bool isIgnored = events.OfType<InterruptionAnswered>().Any(answered => answered.Answer == InterruptionAnswer.Ignore);
                if (status == StepStatus.Succeeded && child.Status != RunStatus.Success && !isIgnored)
                {
                    throw new LawBrokenException($"Step {created.Step} of {run.Id} is {status}, and {child.Id}, for which it waits, is {child.Status}.");
                }
            }
        }
    }
}
