using OctoWorkers.Engine.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>When people are asked, and what follows from their answers: decided without any clock, worker or store.</summary>
public sealed class InterruptionDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Person Ada = new("ada", "Ada L.");

    [Fact]
    public void GivenManualStepBesideOthers_WhenTheyRun_ThenItIsAskedOnlyWhenTheyHaveEnded()
    {
        RunState state = State(false, Script("a"), Manual("m") with { Start = StepStart.WithPrevious }, Script("z"));
        Assert.Equal(["begin 1.1"], Decide(state));
        state = Begin(state, 1);
        Assert.Empty(Decide(state));
        Assert.Equal(["ask 2"], Decide(Succeed(state, 1)));
    }

    [Fact]
    public void GivenManualStepInAFullGroup_WhenParallelismIsOne_ThenTheOthersGoFirst()
    {
        RunState state = State(new RunbookDefinition("r", [Manual("m"), Script("a") with { Start = StepStart.WithPrevious }]) { MaxParallelism = 1 }, false);
        Assert.Equal(["begin 2.1"], Decide(state));
        Assert.Equal(["ask 1"], Decide(Succeed(Begin(state, 2), 2)));
    }

    [Fact]
    public void GivenTwoManualSteps_WhenOneIsAnswered_ThenTheRunWaitsForTheOther()
    {
        RunState state = State(false, Manual("m"), Manual("n") with { Start = StepStart.WithPrevious }, Script("z"));
        Assert.Equal(["ask 1", "ask 2"], Decide(state));
        state = Ask(Ask(state, 1), 2);
        Assert.Empty(Decide(state));
        state = Answer(state, 1, InterruptionAnswer.Proceed);
        Assert.Empty(Decide(state));
        Assert.Equal(["begin 3.1"], Decide(Answer(state, 2, InterruptionAnswer.Proceed)));
    }

    [Theory]
    [InlineData(InterruptionAnswer.Proceed, StepStatus.Succeeded, "True")]
    [InlineData(InterruptionAnswer.Abort, StepStatus.Failed, "False")]
    public void GivenManualStep_WhenAnswered_ThenItEndsAndSaysWhoDecided(InterruptionAnswer answer, StepStatus status, string approved)
    {
        RunState state = Answer(Ask(State(false, Manual("m"), Script("z")), 1), 1, answer);
        Assert.Equal(status, state.Step(1).Status);
        Assert.Equal(
            [("Manual.Approved", approved), ("Manual.Notes", "why"), ("Manual.ResponsibleUser.DisplayName", "Ada L."), ("Manual.ResponsibleUser.Username", "ada")],
            RunOutputs.Of(state).Select(output => (output.Name, output.Value!)));
        Assert.Equal(answer == InterruptionAnswer.Proceed ? ["begin 2.1"] : ["skip 2: a step before it failed"], Decide(state));
        Assert.True(state.NeedsDraw);
    }

    [Theory]
    [InlineData(InterruptionAnswer.Retry, StepStatus.Running, "begin 1.2")]
    [InlineData(InterruptionAnswer.Ignore, StepStatus.Succeeded, "begin 2.1")]
    [InlineData(InterruptionAnswer.Fail, StepStatus.Failed, "skip 2: a step before it failed")]
    public void GivenFailureInAGuidedRun_WhenAnswered_ThenThatHappens(InterruptionAnswer answer, StepStatus status, string next)
    {
        RunState state = Fail(Begin(State(true, Script("a"), Script("z")), 1), 1);
        Assert.Equal(StepStatus.Running, state.Step(1).Status);
        Assert.Equal(["ask 1"], Decide(state));
        state = Ask(state, 1);
        Assert.Empty(Decide(state));
        state = Answer(state, 1, answer);
        Assert.Equal(status, state.Step(1).Status);
        Assert.Equal([next], Decide(state));
    }

    [Fact]
    public void GivenRetriesLeft_WhenAnAttemptFails_ThenNobodyIsAskedYet()
    {
        RunState state = Begin(State(true, Script("a") with { Retry = new() { Count = 1 } }), 1);
        Assert.IsType<RetryScheduled>(AttemptVerdict.Follow(state, Ended(1, 1, AttemptOutcome.Failed)));
        Assert.IsType<FailureHeld>(AttemptVerdict.Follow(state, Ended(1, 2, AttemptOutcome.Failed)));
    }

    [Fact]
    public void GivenUnknownOutcome_WhenAPersonDecides_ThenItMayBeTriedAgain()
    {
        RunState state = Begin(State(true, Script("a")), 1);
        FailureHeld held = Assert.IsType<FailureHeld>(AttemptVerdict.Follow(state, Ended(1, 1, AttemptOutcome.Unknown)));
        Assert.Equal(StepStatus.Unknown, held.Status);
        state = Ask(state.Apply(Ended(1, 1, AttemptOutcome.Unknown)).Apply(held), 1);
        Assert.Equal(["begin 1.2"], Decide(Answer(state, 1, InterruptionAnswer.Retry)));
        Assert.Equal(StepStatus.Unknown, Answer(state, 1, InterruptionAnswer.Fail).Step(1).Status);
    }

    [Fact]
    public void GivenRequiredStep_WhenItFailed_ThenItCannotBeIgnored()
    {
        RunState state = Fail(Begin(State(true, Script("a") with { Required = true }), 1), 1);
        Assert.Equal([InterruptionAnswer.Retry, InterruptionAnswer.Fail], InterruptionVerdict.AnswersFor(state.Step(1)));
    }

    [Fact]
    public void GivenParallelFailures_WhenAllHaveEnded_ThenAllAreAskedAtOnce()
    {
        RunState state = State(true, Script("a"), Script("b") with { Start = StepStart.WithPrevious }, Script("z"));
        state = Fail(Begin(Begin(state, 1), 2), 1);
        Assert.Empty(Decide(state));
        state = Fail(state, 2);
        Assert.Equal(["ask 1", "ask 2"], Decide(state));
        state = Answer(Ask(Ask(state, 1), 2), 1, InterruptionAnswer.Retry);
        Assert.Empty(Decide(state));
        Assert.Equal(["begin 1.2"], Decide(Answer(state, 2, InterruptionAnswer.Ignore)));
    }

    [Fact]
    public void GivenWaitingRun_WhenCanceled_ThenTheWaitEndsAndNobodyIsAskedAgain()
    {
        RunState state = Ask(State(false, Manual("m"), Manual("n") with { Condition = StepCondition.Always }), 1);
        state = state.Apply(new CancelRequested("me", "") { At = Now });
        Assert.Equal(["close 1", "skip 2: the run was canceled"], [.. Decide(state), .. Decide(Close(state, 1))]);
        state = Close(state, 1);
        Assert.Equal(StepStatus.Canceled, state.Step(1).Status);
        Assert.False(state.AwaitsPerson);
    }

    [Fact]
    public void GivenHeldFailure_WhenCanceled_ThenTheFailureStands()
    {
        RunState state = Ask(Fail(Begin(State(true, Script("a")), 1), 1), 1).Apply(new CancelRequested("me", "") { At = Now });
        Assert.Equal(["close 1"], Decide(state));
        Assert.Equal(StepStatus.Failed, Close(state, 1).Step(1).Status);
    }

    [Fact]
    public void GivenStoppedRun_WhenAStepFails_ThenNobodyIsAsked()
    {
        RunState state = Begin(State(true, Script("a")), 1).Apply(new CancelRequested("me", "") { At = Now });
        Assert.IsType<StepEnded>(AttemptVerdict.Follow(state, Ended(1, 1, AttemptOutcome.Failed)));
    }

    private static StepDefinition Script(string name) => new(name, new ScriptAction("true"));

    private static StepDefinition Manual(string name) => new(name, new ManualAction("look"));

    private static RunState State(bool guided, params StepDefinition[] steps) => State(new RunbookDefinition("r", steps), guided);

    private static RunState State(RunbookDefinition runbook, bool guided)
        => RunState.Of(new(new(1), runbook, new(new(1), "E", "")) { GuidedFailure = guided }, []);

    private static RunState Begin(RunState state, int step)
        => state.Apply(new AttemptIntended(step, state.Step(step).Attempts.Count + 1, new(1), "w") { At = Now });

    private static AttemptEnded Ended(int step, int attempt, AttemptOutcome outcome) => new(step, attempt, outcome, null, "it broke", null) { At = Now };

    private static RunState Succeed(RunState state, int step) => Follow(state, Ended(step, 1, AttemptOutcome.Succeeded));

    private static RunState Fail(RunState state, int step) => Follow(state, Ended(step, state.Step(step).Attempts.Count, AttemptOutcome.Failed));

    private static RunState Follow(RunState state, AttemptEnded ended) => state.Apply(ended).Apply(AttemptVerdict.Follow(state, ended));

    private static RunState Ask(RunState state, int step)
    {
        StepState asked = state.Step(step);
        bool isManual = asked.Definition.Action is ManualAction;
        RunState begun = isManual ? state.Apply(new AttemptIntended(step, 1, null, null) { At = Now }) : state;
        return begun.Apply(new InterruptionRaised(
            state.Interruptions.Length + 1, step, asked.Definition.Name, isManual ? InterruptionKind.Manual : InterruptionKind.Failure, "look", [],
            InterruptionVerdict.AnswersFor(asked)) { At = Now });
    }

    private static RunState Answer(RunState state, int number, InterruptionAnswer answer)
    {
        InterruptionAnswered answered = new(number, answer, Ada, "why") { At = Now };
        return InterruptionVerdict.Follow(state, answered).Aggregate(state.Apply(answered), (one, happened) => one.Apply(happened));
    }

    private static RunState Close(RunState state, int step)
        => InterruptionVerdict.Close(state, state.Step(step), Now).ToArray().Aggregate(state, (one, happened) => one.Apply(happened));

    private static string[] Decide(RunState state) => [.. RunDecider.Decide(state, Now, (_, _) => new(true, null)).Select(decision => decision switch
    {
        RunDecision.Begin begin => $"begin {begin.Step}.{begin.Attempt}",
        RunDecision.Skip skip => $"skip {skip.Step}: {skip.Reason}",
        RunDecision.Ask ask => $"ask {ask.Step}",
        RunDecision.Close close => $"close {close.Step}",
        RunDecision.End end => $"end {end.Status}",
        _ => throw new InvalidOperationException(),
    })];
}
