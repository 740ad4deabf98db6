using OctoWorkers.Engine.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class RunDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void GivenThreeStepsInSequence_WhenNothingRan_ThenOnlyTheFirstBegins()
        => Assert.Equal(["begin 1.1"], Decide(State(Step("a"), Step("b"), Step("c"))));

    [Fact]
    public void GivenParallelSteps_WhenNothingRan_ThenTheWholeGroupBegins()
        => Assert.Equal(["begin 1.1", "begin 2.1"], Decide(State(Step("a"), Step("b", start: StepStart.WithPrevious), Step("c"))));

    [Fact]
    public void GivenMaxParallelism_WhenAGroupIsLarger_ThenOnlySoManyBegin()
    {
        RunState state = State(2, Step("a"), Step("b", start: StepStart.WithPrevious), Step("c", start: StepStart.WithPrevious));
        Assert.Equal(["begin 1.1", "begin 2.1"], Decide(state));
        state = Succeed(Begin(Begin(state, 1), 2), 1);
        Assert.Equal(["begin 3.1"], Decide(state));
    }

    [Fact]
    public void GivenAGroupUnderWay_WhenOneOfItHasEnded_ThenTheNextGroupWaits()
    {
        RunState state = State(Step("a"), Step("b", start: StepStart.WithPrevious), Step("c"));
        Assert.Empty(Decide(Succeed(Begin(Begin(state, 1), 2), 1)));
    }

    [Theory]
    [InlineData(StepCondition.Success, "skip 2: a step before it failed")]
    [InlineData(StepCondition.Failure, "begin 2.1")]
    [InlineData(StepCondition.Always, "begin 2.1")]
    public void GivenAFailedStep_WhenTheNextIsDecided_ThenItsConditionCounts(StepCondition condition, string expected)
        => Assert.Equal([expected], Decide(Fail(Begin(State(Step("a"), Step("b", condition)), 1), 1)));

    [Theory]
    [InlineData(StepCondition.Success, "begin 2.1")]
    [InlineData(StepCondition.Failure, "skip 2: no step before it failed")]
    [InlineData(StepCondition.Always, "begin 2.1")]
    public void GivenASuccessfulStep_WhenTheNextIsDecided_ThenItsConditionCounts(StepCondition condition, string expected)
        => Assert.Equal([expected], Decide(Succeed(Begin(State(Step("a"), Step("b", condition)), 1), 1)));

    [Fact]
    public void GivenAFailedStepAndAHandlerThatSucceeded_WhenAllHaveEnded_ThenTheRunFailed()
    {
        RunState state = Fail(Begin(State(Step("a"), Step("b", StepCondition.Failure)), 1), 1);
        Assert.Equal(["end Failed"], Decide(Succeed(Begin(state, 2), 2)));
    }

    [Fact]
    public void GivenACancel_WhenStepsRunAndWait_ThenTheRunningIsStoppedAndOnlyAlwaysStepsAreLeft()
    {
        RunState state = Cancel(Begin(State(Step("a"), Step("b"), Step("c", StepCondition.Always)), 1));
        Assert.Equal(["stop 1 Canceled"], Decide(state));
        state = End(state, 1, AttemptOutcome.Canceled, StepStatus.Canceled);
        Assert.Equal(["skip 2: the run was canceled"], Decide(state));
        state = state.Apply(new StepSkipped(2, "") { At = Now });
        Assert.Equal(["begin 3.1"], Decide(state));
        state = Begin(state, 3);
        Assert.Empty(Decide(state));
        Assert.Equal(["stop 3 Canceled"], Decide(Cancel(state)));
        Assert.Equal(["end Canceled"], Decide(Succeed(state, 3)));
    }

    [Fact]
    public void GivenARunTimeout_WhenItIsReached_ThenWorkIsStoppedAndTheRunFails()
    {
        RunState state = Begin(State(Step("a")), 1).Apply(new RunTimeoutReached { At = Now });
        Assert.Equal(["stop 1 RunTimedOut"], Decide(state));
        Assert.Equal(["end Failed"], Decide(End(state, 1, AttemptOutcome.TimedOut, StepStatus.Failed)));
    }

    [Fact]
    public void GivenARetry_WhenItIsNotDue_ThenNothingHappensUntilItIs()
    {
        RunState state = Begin(State(Step("a")), 1)
            .Apply(Ended(1, AttemptOutcome.Failed))
            .Apply(new RetryScheduled(1, 2, Now.AddSeconds(5)) { At = Now });
        Assert.Empty(Decide(state));
        Assert.Equal(Now.AddSeconds(5), RunDecider.NextWake(state, Now));
        Assert.Equal(["begin 1.2"], Words(RunDecider.Decide(state, Now.AddSeconds(5), Always)));
        Assert.Equal(["give up 1 Canceled"], Decide(Cancel(state)));
    }

    [Theory]
    [InlineData(AttemptOutcome.Succeeded, false, StepStatus.Succeeded)]
    [InlineData(AttemptOutcome.Failed, false, null)]
    [InlineData(AttemptOutcome.TimedOut, false, null)]
    [InlineData(AttemptOutcome.NotStarted, false, null)]
    [InlineData(AttemptOutcome.Canceled, false, StepStatus.Canceled)]
    [InlineData(AttemptOutcome.Unknown, false, StepStatus.Unknown)]
    [InlineData(AttemptOutcome.Unknown, true, null)]
    public void GivenRetriesLeft_WhenAnAttemptEnds_ThenOnlyAKnownEndOrAnIdempotentStepIsRetried(AttemptOutcome outcome, bool idempotent, StepStatus? expected)
    {
        StepDefinition step = Step("a") with { Retry = new() { Count = 1 }, Idempotent = idempotent };
        RunState state = Begin(State(step), 1);
        RunEvent follows = AttemptVerdict.Follow(state, Ended(1, outcome));
        Assert.Equal(expected, (follows as StepEnded)?.Status);
        Assert.Equal(expected is null, follows is RetryScheduled { Attempt: 2 });
        Assert.IsType<StepEnded>(AttemptVerdict.Follow(Cancel(state), Ended(1, outcome)));
    }

    [Fact]
    public void GivenBackoff_WhenRetriesFollow_ThenTheWaitDoublesUpToItsCap()
    {
        RetryPolicy retry = new() { Count = 5, Backoff = TimeSpan.FromSeconds(2), MaxBackoff = TimeSpan.FromSeconds(7) };
        Assert.Equal([2, 4, 7, 7], Enumerable.Range(1, 4).Select(n => (int)retry.DelayBefore(n).TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(7), retry.DelayBefore(100));
    }

    private static StepDefinition Step(string name, StepCondition condition = StepCondition.Success, StepStart start = StepStart.AfterPrevious)
        => new(name, new ScriptAction("true")) { Condition = condition, Start = start };

    private static RunState State(params StepDefinition[] steps) => State(RunbookDefinition.DefaultMaxParallelism, steps);

    private static RunState State(int maxParallelism, params StepDefinition[] steps)
    {
        RunbookDefinition runbook = new("r", steps) { MaxParallelism = maxParallelism, Timeout = TimeSpan.FromHours(1) };
        RunRequest request = new(new(1), runbook, new(new(1), "E", ""));
        return RunState.Of(request, []);
    }

    private static RunState Begin(RunState state, int step) => state.Apply(new AttemptIntended(step, 1, new(1), "w") { At = Now });

    private static AttemptEnded Ended(int step, AttemptOutcome outcome) => new(step, 1, outcome, null, null, null) { At = Now };

    private static RunState End(RunState state, int step, AttemptOutcome outcome, StepStatus status)
        => state.Apply(Ended(step, outcome)).Apply(new StepEnded(step, status, null) { At = Now });

    private static RunState Succeed(RunState state, int step) => End(state, step, AttemptOutcome.Succeeded, StepStatus.Succeeded);

    private static RunState Fail(RunState state, int step) => End(state, step, AttemptOutcome.Failed, StepStatus.Failed);

    private static RunState Cancel(RunState state) => state.Apply(new CancelRequested("me", "") { At = Now });

    private static string[] Decide(RunState state) => Words(RunDecider.Decide(state, Now, Always));

    private static ConditionTruth Always(RunState state, StepState step) => new(true, null);

    private static string[] Words(IReadOnlyList<RunDecision> decisions) => [.. decisions.Select(decision => decision switch
    {
        RunDecision.Begin begin => $"begin {begin.Step}.{begin.Attempt}",
        RunDecision.Skip skip => $"skip {skip.Step}: {skip.Reason}",
        RunDecision.Stop stop => $"stop {stop.Step} {stop.Reason}",
        RunDecision.GiveUpRetry giveUp => $"give up {giveUp.Step} {giveUp.Status}",
        RunDecision.End end => $"end {end.Status}",
        _ => throw new InvalidOperationException(),
    })];
}
