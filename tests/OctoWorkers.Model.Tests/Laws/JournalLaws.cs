using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>What a run's journal may say, and how it may end: told once more from the events alone.</summary>
internal sealed class JournalLaws(RunRecord run, IReadOnlyList<RunEvent> events, ModelWorld world)
{
    private readonly TargetLaws targets = new(run, events);

    /// <summary>Goes through the journal of a run that has ended.</summary>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public void Verify()
    {
        Require(events.Count > 0 && events[^1] is RunEnded, "its journal does not end with its end");
        Once<RunEnded>(_ => 0);
        Once<RunStarted>(_ => 0);
        Once<RunPlanned>(_ => 0);
        Once<AttemptIntended>(intended => (intended.Step, intended.Attempt));
        Once<AttemptEnded>(ended => (ended.Step, ended.Attempt));
        Once<ChildRunCreated>(created => created.Child);
        Once<InterruptionRaised>(raised => raised.Number);
        Once<InterruptionAnswered>(answered => answered.Number);
        IEnumerable<int> ended = events.OfType<StepEnded>().Select(step => step.Step).Concat(events.OfType<StepSkipped>().Select(step => step.Step));
        Require(ended.Distinct().Count() == ended.Count(), "a step ended twice");
        VerifyEnd((RunEnded)events[^1]);
        VerifyAttempts();
        VerifyAnswers();
        string? broken = targets.Broken();
        Require(broken is null, broken ?? "");
    }

    private void VerifyEnd(RunEnded end)
    {
        bool hasBegun = events.OfType<RunPlanned>().Any();
        bool wasCanceled = events.OfType<CancelRequested>().Any();
        bool isSpoiled = events.OfType<StepEnded>().Any(step => step.Step <= run.Request.Snapshot.Steps.Count && step.Status is StepStatus.Failed or StepStatus.Unknown);
        RunStatus expected = wasCanceled ? RunStatus.Canceled
            : end.Status == RunStatus.TimedOut && !hasBegun ? RunStatus.TimedOut
            : events.OfType<RunTimeoutReached>().Any() || isSpoiled || !hasBegun ? RunStatus.Failed
            : RunStatus.Success;
        Require(end.Status == expected, $"it ended {end.Status}, and its journal says {expected}");
        Require(end.Status == run.Status, $"it is {run.Status}, and ended {end.Status}");
        Require(end.Status != RunStatus.TimedOut || run.Request.QueueExpiry is not null, "it timed out in the queue without an expiry");
        if (hasBegun)
        {
            int count = run.Request.Snapshot.Steps.Count;
            int ended = events.Count(happened => happened is StepEnded { Step: var step } && step <= count || happened is StepSkipped { Step: var skipped } && skipped <= count);
            Require(ended == count, $"{ended} of its {count} steps have ended");
        }
    }

    private void VerifyAttempts()
    {
        Dictionary<int, AttemptEnded> last = [];
        HashSet<int> active = [];
        HashSet<int> askedAgain = [];
        foreach (RunEvent happened in events)
        {
            switch (happened)
            {
                case AttemptIntended intended:
                    Require(active.Add(intended.Step), $"step {intended.Step} had two attempts at once");
                    bool mayRepeat = !last.TryGetValue(intended.Step, out AttemptEnded? before) || before.Outcome != AttemptOutcome.Unknown
                        || targets.StepOf(intended.Step).Idempotent || askedAgain.Contains(intended.Step);
                    Require(mayRepeat, $"step {intended.Step} was tried again although nobody knows what became of it");
                    break;
                case AttemptEnded ended:
                    Require(active.Remove(ended.Step), $"an attempt of step {ended.Step} ended that was not under way");
                    last[ended.Step] = ended;
                    VerifyOutcome(ended);
                    break;
                case InterruptionRaised:
                    int[] others = [.. active.Where(step => targets.StepOf(step).Action is not ManualAction)];
                    Require(others.Length == 0, $"a person was asked while step {string.Join(", ", others)} was running");
                    break;
                case InterruptionAnswered { Answer: InterruptionAnswer.Retry } answered:
                    InterruptionRaised about = events.OfType<InterruptionRaised>().First(raised => raised.Number == answered.Number);
                    askedAgain.Add(about.Part ?? about.Step);
                    break;
            }
        }

        Require(active.Count == 0, $"an attempt of step {string.Join(", ", active)} never ended");
    }

    // What is said of an attempt is what its worker knows.
    private void VerifyOutcome(AttemptEnded ended)
    {
        if (targets.StepOf(ended.Step).Action is ScriptAction && ended is { ExitCode: { } code, Outcome: AttemptOutcome.Succeeded or AttemptOutcome.Failed })
        {
            string ticket = $"{run.Id.Number}-{ended.Step}-{ended.Attempt}";
            int? real = world.Fleet.Attempts.TryGetValue(ticket, out TestKit.Workers.SimulatedAttempt? attempt) ? attempt.ExitCode : null;
            Require(real == code, $"attempt {ticket} is said to have exited with {code}, and did with {real}");
            Require(ended.Outcome == AttemptOutcome.Succeeded == (code == 0), $"attempt {ticket} exited with {code} and is {ended.Outcome}");
        }
    }

    private void VerifyAnswers()
    {
        foreach (InterruptionAnswered answered in events.OfType<InterruptionAnswered>())
        {
            InterruptionId id = new(run.Id, answered.Number);
            Require(world.Model.Answers.TryGetValue(id, out InterruptionAnswer said), $"{id} was answered by nobody");
            Require(said == answered.Answer, $"{id} was answered with {said}, and {answered.Answer} counted");
        }
    }

    private void Once<T>(Func<T, object> key)
        where T : RunEvent
    {
        object[] all = [.. events.OfType<T>().Select(key)];
        Require(all.Distinct().Count() == all.Length, $"its journal has a {typeof(T).Name} twice");
    }

    private void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new LawBrokenException($"{run.Id}: {what}.\n  {string.Join("\n  ", events)}");
        }
    }
}
