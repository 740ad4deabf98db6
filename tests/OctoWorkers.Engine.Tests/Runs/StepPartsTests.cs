using OctoWorkers.Engine.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>What a run decides for steps that are about deployment targets.</summary>
public sealed class StepPartsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void GivenThreeTargets_WhenNothingRan_ThenAllBeginAtOnceUpToTheRunsParallelism()
    {
        Assert.Equal(["begin 3", "begin 4", "begin 5"], Decide(State()));
        Assert.Equal(["begin 3", "begin 4"], Decide(State(parallelism: 2)));
    }

    [Fact]
    public void GivenWindow_WhenTargetsEnd_ThenNoMoreThanThatAreUnderWay()
    {
        RunState state = State(window: 1);
        Assert.Equal(["begin 3"], Decide(state));
        state = Begin(state, 3);
        Assert.Equal(StepStatus.Running, state.Step(1).Status);
        Assert.Empty(Decide(state));
        state = End(state, 3, StepStatus.Succeeded);
        Assert.Equal(["begin 4"], Decide(state));
        state = End(Begin(End(Begin(state, 4), 4, StepStatus.Succeeded), 5), 5, StepStatus.Succeeded);
        Assert.Equal(["conclude 1"], Decide(state));
        state = state.Apply(StepParts.Conclude(state, 1, Now));
        Assert.Equal((StepStatus.Succeeded, null), (state.Step(1).Status, state.Step(1).Error));
        Assert.Equal(["begin 2"], Decide(state));
    }

    [Fact]
    public void GivenWindow_WhenATargetFails_ThenTheOthersDoNotBeginAndTheStepSaysFor()
    {
        RunState state = End(Begin(State(window: 1), 3), 3, StepStatus.Failed);
        Assert.Equal(["skip 4: the step failed for a target before it", "skip 5: the step failed for a target before it"], Decide(state));
        state = Skip(Skip(state, 4), 5);
        StepEnded ended = Assert.IsType<StepEnded>(StepParts.Conclude(state, 1, Now));
        Assert.Equal((StepStatus.Failed, "for 1 of 3 deployment targets, 't3': it broke"), (ended.Status, ended.Error));
    }

    [Fact]
    public void GivenNoWindow_WhenATargetFails_ThenTheOthersGoOn()
        => Assert.Equal(["begin 4", "begin 5"], Decide(End(Begin(State(), 3), 3, StepStatus.Failed)));

    [Fact]
    public void GivenRunCanceled_WhenPartsRunAndWait_ThenTheyAreStoppedAndSkipped()
    {
        RunState state = Begin(State(), 3).Apply(new CancelRequested("me", "") { At = Now });
        Assert.Equal(["stop 3 Canceled", "skip 4: the run was canceled", "skip 5: the run was canceled"], Decide(state));
        state = End(Skip(Skip(state, 4), 5), 3, StepStatus.Canceled);
        Assert.Equal(["conclude 1"], Decide(state).Take(1));
        Assert.Equal(StepStatus.Canceled, Assert.IsType<StepEnded>(StepParts.Conclude(state, 1, Now)).Status);
    }

    [Fact]
    public void GivenExcludedTarget_WhenLaterStepsAreAboutIt_ThenItIsLeftOut()
    {
        RunState state = State().Apply(new TargetExcluded(new(3), "t3", "ada excluded it.") { At = Now });
        Assert.Equal(["skip 3: the target was left out of the run: ada excluded it.", "begin 4", "begin 5"], Decide(state));
        state = Skip(Skip(Skip(state, 3), 4), 5);
        Assert.StartsWith("all its deployment targets were left out", Assert.IsType<StepSkipped>(StepParts.Conclude(state, 1, Now)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenPartThatWaitsForItsRetry_WhenItsTargetIsExcluded_ThenItIsNotTriedAgain()
    {
        RunState state = Begin(State(), 3)
            .Apply(new AttemptEnded(3, 1, AttemptOutcome.Failed, 1, "it broke", null) { At = Now })
            .Apply(new RetryScheduled(3, 2, Now.AddMinutes(1)) { At = Now });
        TargetExcluded excluded = new(new(3), "t3", "ada excluded it.") { At = Now };
        Assert.Equal(["skip 3: the target was left out of the run: ada excluded it. The failure was: it broke", "begin 4", "begin 5"], Decide(state.Apply(excluded)));
        Assert.Equal(["begin 4", "begin 5"], Decide(Begin(State(), 3).Apply(excluded)));
        Assert.Null(Skip(state.Apply(excluded), 3).Step(3).RetryDue);
    }

    [Fact]
    public void GivenGuidedRun_WhenAPartFails_ThenTheOthersEndBeforeAPersonIsAskedAndMayExclude()
    {
        RunState state = Begin(Begin(State(), 3), 4) with { IsGuided = true };
        state = state.Apply(Ended(3)).Apply(AttemptVerdict.Follow(state, Ended(3)));
        Assert.NotNull(state.Step(3).Held);
        Assert.Equal(["begin 5"], Decide(state));
        state = End(End(Begin(state, 5), 5, StepStatus.Succeeded), 4, StepStatus.Succeeded);
        Assert.Equal(["ask 3"], Decide(state));
        Assert.Equal(
            [InterruptionAnswer.Retry, InterruptionAnswer.Ignore, InterruptionAnswer.Exclude, InterruptionAnswer.Fail], InterruptionVerdict.AnswersFor(state.Step(3)));
        state = state.Apply(new InterruptionRaised(1, 1, "a", InterruptionKind.Failure, "", [], []) { At = Now, Part = 3, Target = "t3" });
        Assert.Empty(Decide(state));
        InterruptionAnswered answered = new(1, InterruptionAnswer.Exclude, new("ada", "Ada"), "old") { At = Now };
        IReadOnlyList<RunEvent> follow = InterruptionVerdict.Follow(state, answered);
        state = follow.Aggregate(state.Apply(answered), (now, happened) => now.Apply(happened));
        Assert.Equal((StepStatus.Skipped, true), (state.Step(3).Status, state.Excluded.ContainsKey(new(3))));
        Assert.Equal(["conclude 1"], Decide(state));
        Assert.Equal(StepStatus.Succeeded, Assert.IsType<StepEnded>(StepParts.Conclude(state, 1, Now)).Status);
    }

    [Fact]
    public void GivenGuidedRunWithWindow_WhenAPartFails_ThenNoOtherBegins()
    {
        RunState state = Begin(State(window: 2), 3) with { IsGuided = true };
        state = state.Apply(Ended(3)).Apply(AttemptVerdict.Follow(state, Ended(3)));
        Assert.Equal(["ask 3"], Decide(state));
    }

    [Fact]
    public void GivenRetry_WhenAPartFails_ThenOnlyItIsTriedAgain()
    {
        RunState state = Begin(State(retries: 1), 3);
        RetryScheduled retry = Assert.IsType<RetryScheduled>(AttemptVerdict.Follow(state, Ended(3)));
        Assert.Equal((3, 1, "t3"), (retry.Step, retry.OfStep, retry.Target));
        Assert.Equal(["begin 3", "begin 4", "begin 5"], Decide(state.Apply(Ended(3)).Apply(retry)));
    }

    // A step on three targets, whose parts are 3 to 5, and one on a worker.
    private static RunState State(int? window = null, int parallelism = 10, int retries = 0)
    {
        StepDefinition first = new("a", new ScriptAction("true")) { Targets = new(["web"]) { Window = window }, Retry = new() { Count = retries } };
        RunbookDefinition runbook = new("r", [first, new("b", new ScriptAction("true"))]) { MaxParallelism = parallelism };
        PlannedTarget[] targets = [.. Enumerable.Range(3, 3).Select(number => new PlannedTarget(number, new(number), $"t{number}", ["web"]))];
        RunPlan plan = new([new(1, "a", null, null, null, null, null, null) { Targets = targets }, new(2, "b", null, "p", "", new("k"), new(9), "w")], []);
        return RunState.Of(new(new(1), runbook, new(new(1), "E", "")), [new RunPlanned(plan) { At = Now }]);
    }

    private static RunState Begin(RunState state, int step) => state.Apply(new AttemptIntended(step, 1, new(step), $"t{step}") { At = Now });

    private static AttemptEnded Ended(int step) => new(step, 1, AttemptOutcome.Failed, 1, "it broke", null) { At = Now };

    private static RunState End(RunState state, int step, StepStatus status)
        => state.Apply(Ended(step)).Apply(new StepEnded(step, status, status == StepStatus.Succeeded ? null : "it broke") { At = Now });

    private static RunState Skip(RunState state, int step) => state.Apply(new StepSkipped(step, "x") { At = Now });

    private static string[] Decide(RunState state) => [.. RunDecider.Decide(state, Now, (_, _) => new(true, null)).Select(decision => decision switch
    {
        RunDecision.Begin begin => $"begin {begin.Step}",
        RunDecision.Skip skip => $"skip {skip.Step}: {skip.Reason}",
        RunDecision.Stop stop => $"stop {stop.Step} {stop.Reason}",
        RunDecision.Conclude conclude => $"conclude {conclude.Step}",
        RunDecision.Ask ask => $"ask {ask.Step}",
        RunDecision.End end => $"end {end.Status}",
        _ => decision.ToString(),
    })];
}
