using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Json;

/// <summary>Events of every kind are read as they were written, and what is no event is named.</summary>
public sealed class EventRoundTripTests
{
    private const string Odd = RoundTripTests.Odd;

    private static readonly PoolCursor Cursor = new(new(4), "w", long.MaxValue);

    private static readonly WorkerDraw FullDraw = new(
        new("WorkerPools-1+A%2FB"), new(1), "Setup", new(2), Odd, Cursor, Cursor with { Position = 1 },
        [new("disabled", [Odd, ""], 21), new("", [], 0)], "next");

    private static readonly WorkerDraw BareDraw = new(new(""), new(1), "", new(0), "", null, null, [], "");

    public static TheoryData<RunEvent> Events()
    {
        DateTimeOffset at = Sample.Now.AddTicks(1);
        TheoryData<RunEvent> events =
        [
            new RunStarted { At = at },
            new RunPlanned(new([], [])) { At = at },
            new RunPlanned(new(
                [new(1, Odd, null, "Setup", "", new("k"), new(2), "w"), new(2, "b", "disabled", null, null, null, null, null)],
                [FullDraw, BareDraw])) { At = at },
            new RunPlanned(new(
                [
                    new(1, Odd, null, null, "", null, null, null)
                    {
                        Targets = [new(3, new(7), Odd, ["web", Odd]) { SkipsUnavailable = true, BypassDeploymentMutex = true }, new(4, new(8), "b", [])],
                        SkippedTargets = [new("disabled", [Odd], 21)],
                    },
                    new(2, "b", null, null, "", null, null, null) { Targets = [] },
                ],
                [])) { At = at },
            new TargetExcluded(new(7), Odd, Odd) { At = at },
            new RetryScheduled(3, 2, at) { At = at, OfStep = 1, Target = Odd },
            new InterruptionRaised(1, 1, "s", InterruptionKind.Failure, "", [], [InterruptionAnswer.Exclude]) { At = at, Target = Odd, Part = 3 },
            new WorkerReplaced(new(1), "", FullDraw) { At = at },
            new WorkerReplaced(new(0), Odd, BareDraw) { At = at },
            new AttemptIntended(1, 2, new(3), Odd) { At = at },
            new AttemptIntended(1, 2, new(3), Odd) { At = at, Pool = new(4) },
            new AttemptIntended(1, 2, null, null) { At = at },
            new AttemptEnded(1, 2, AttemptOutcome.Failed, -1, Odd, TerminationReceipt.Unverified) { At = at },
            new AttemptEnded(1, 2, AttemptOutcome.Failed, null, "", null) { At = at },
            new RetryScheduled(1, 2, at.AddDays(1)) { At = at },
            new ChildRunCreated(1, new(long.MaxValue), true) { At = at },
            new ChildRunCreated(1, new(1), false) { At = at },
            new StepSkipped(1, Odd) { At = at },
            new CancelRequested("", "") { At = at },
            new CancelRequested(Odd, Odd) { At = at },
            new RunTimeoutReached { At = at },
            new TakenOver(Odd) { At = at },
            new TakenOver(Odd) { At = at, FencingToken = long.MaxValue },
            new RunEnded(RunStatus.Failed, Odd) { At = at, Cause = EngineError.NoEligibleWorker },
            new OutputVariableSet(1, 2, null, Odd, "", null) { At = at },
            new OutputVariableSet(1, 2, Odd, Odd, null, new("ow1.a.b")) { At = at },
            new SecretRegistered(1, 2, new("ow1.a.b")) { At = at },
            new ArtifactAnnounced(1, 2, 3, Odd, new("ow1.a.b")) { At = at },
            new ArtifactCollected(1, 2, 3, long.MaxValue, null) { At = at },
            new ArtifactCollected(1, 2, 3, null, Odd) { At = at },
            new ProgressReported(1, 2, 100, Odd) { At = at },
            new PackageAcquired(1, new(Odd, "Acme", "1.0-a", new string('a', 64), 7, 5)) { At = at },
            new ResultMessageSet(1, 2, Odd) { At = at },
            new InterruptionRaised(1, 2, "s", InterruptionKind.Manual, Odd, [Odd, "b"], Enum.GetValues<InterruptionAnswer>()) { At = at },
            new InterruptionRaised(2, 1, Odd, InterruptionKind.Failure, "", [], []) { At = at },
            new InterruptionAnswered(1, InterruptionAnswer.Retry, new("u", Odd), Odd) { At = at },
            new InterruptionEnded(3) { At = at },
            new FailureHeld(1, StepStatus.Unknown, Odd) { At = at },
            new FailureHeld(1, StepStatus.Failed, null) { At = at },
            new WorkersDrawnAgain(new([new(1, Odd, null, null, "a person answers", null, null, null)], [FullDraw])) { At = at },
        ];
        foreach (AttemptOutcome outcome in Enum.GetValues<AttemptOutcome>())
        {
            events.Add(new AttemptEnded(1, 1, outcome, 0, null, null) { At = at });
        }

        foreach (StepStatus status in Enum.GetValues<StepStatus>())
        {
            events.Add(new StepEnded(1, status, status == StepStatus.Failed ? Odd : null) { At = at });
        }

        foreach (RunStatus status in Enum.GetValues<RunStatus>())
        {
            events.Add(new RunEnded(status, status == RunStatus.Failed ? "" : null) { At = at });
        }

        foreach (TerminationVerdict verdict in Enum.GetValues<TerminationVerdict>())
        {
            events.Add(new AttemptEnded(1, 1, AttemptOutcome.Canceled, null, null, new(verdict, null, [], [new(1, Odd, "KILL")])) { At = at });
        }

        foreach (TerminationMeans means in Enum.GetValues<TerminationMeans>())
        {
            events.Add(new AttemptEnded(1, 1, AttemptOutcome.Canceled, null, null, new(default, means, [new(int.MaxValue, "", "TERM")], [])) { At = at });
        }

        return events;
    }

    [Theory]
    [MemberData(nameof(Events), DisableDiscoveryEnumeration = true)]
    public void GivenEvent_WhenWrittenAndRead_ThenItIsTheSame(RunEvent happened)
    {
        (string kind, string payload) = RunEventJson.Write(happened);
        RunEvent read = RunEventJson.Read(kind, happened.At, payload);
        Assert.Equivalent(happened, read, strict: true);
        Assert.Equal((kind, payload), RunEventJson.Write(read));
    }

    [Fact]
    public void GivenAllKindsOfEvents_WhenLookedAt_ThenEachIsTested()
        => Assert.Equal(
            typeof(RunEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunEvent))).Select(type => type.Name).Order(),
            Events().Select(row => row.Data.GetType().Name).Distinct().Order());

    [Fact]
    public void GivenFixedText_WhenRead_ThenTheFormatHasNotChanged()
    {
        AttemptEnded read = (AttemptEnded)RunEventJson.Read(
            "attemptEnded",
            Sample.Now,
            """{"step":1,"attempt":2,"outcome":"TimedOut","exitCode":143,"receipt":{"verdict":"NothingLeft","means":"Subreaper","ended":[{"pid":7,"name":"sleep","signal":"TERM"}],"remaining":[]}}""");
        Assert.Equal((1, 2, AttemptOutcome.TimedOut, 143, null), (read.Step, read.Attempt, read.Outcome, read.ExitCode, read.Error));
        Assert.Equal((TerminationVerdict.NothingLeft, TerminationMeans.Subreaper), (read.Receipt!.Verdict, read.Receipt.Means!.Value));
        Assert.Equal(new EndedProcess(7, "sleep", "TERM"), Assert.Single(read.Receipt.Ended));
    }

    [Theory]
    [InlineData("attemptEnded", """{"step":1,"attempt":2,"outcome":"Vanished"}""", EngineError.StoreTooNew)]
    [InlineData("teleported", "{}", EngineError.StoreTooNew)]
    [InlineData("attemptEnded", """{"step":1}""", EngineError.StoreCorrupt)]
    [InlineData("attemptEnded", """{"step":99999999999,"attempt":2,"outcome":"Failed"}""", EngineError.StoreCorrupt)]
    [InlineData("attemptEnded", "{", EngineError.StoreCorrupt)]
    [InlineData("attemptEnded", "", EngineError.StoreCorrupt)]
    [InlineData("attemptEnded", "[]", EngineError.StoreCorrupt)]
    public void GivenBadJson_WhenRead_ThenItIsNamed(string kind, string payload, EngineError error)
        => Assert.Equal(error, Assert.Throws<OctoWorkersException>(() => RunEventJson.Read(kind, Sample.Now, payload)).Error);
}
