using OctoWorkers.Engine.Runs;
using OctoWorkers.TestKit.Time;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>A machine whose clock is set forward and back: what is due comes when it is due, and order stays order.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class JumpingClockTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenClockThatJumpsADay_WhenStepsAreRetriedAndTimeOut_ThenTheyDoSoInTime()
    {
        RunbookDefinition runbook = new("Jumping",
        [
            Scenario.Script("Flaky", "if mkdir \"$HERE/tried\" 2>/dev/null; then echo no; exit 3; fi; seq 1 500")
                with { Retry = new() { Count = 1, Backoff = TimeSpan.FromMilliseconds(300) }, Timeout = TimeSpan.FromMinutes(10) },
            Scenario.Script("Quick", "seq 1 500") with { Timeout = TimeSpan.FromMinutes(10) },
            Scenario.Script("Slow", "echo slow; exec sleep 600") with { Timeout = TimeSpan.FromSeconds(4) },
        ])
        { Timeout = TimeSpan.FromMinutes(30) };
        JumpingTime time = new(TimeSpan.FromDays(1));
        await using DurableWorld world = await DurableWorld.MakeAsync(runbook);
        RunRecord ended;
        long begun = time.GetTimestamp();
        await using (OctoWorkersEngine engine = world.Engine(time: time))
        {
            RunRecord run = await engine.StartRunAsync(new NewRun("Jumping", "Test"), Stop);
            ended = await engine.WaitForRunAsync(run.Id, Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
        }

        Assert.True(time.GetElapsedTime(begun) > TimeSpan.FromSeconds(4.3), "The retry or the time-out came too early.");
        Assert.True(time.Calls > 10, "The clock has not jumped.");
        Assert.Equal(RunStatus.Failed, ended.Status);
        AttemptEnded[] attempts = [.. (await world.Store.GetEventsAsync(ended.Id, Stop)).OfType<AttemptEnded>()];
        Assert.Equal(
            [AttemptOutcome.Failed, AttemptOutcome.Succeeded, AttemptOutcome.Succeeded, AttemptOutcome.TimedOut], attempts.Select(attempt => attempt.Outcome));
        Scenario expected = new(
            [runbook],
            [
                new(1, 1, 1, ["no"], []),
                new(1, 1, 2, [.. Enumerable.Range(1, 500).Select(number => $"{number}")], []),
                new(1, 2, 1, [.. Enumerable.Range(1, 500).Select(number => $"{number}")], []),
                new(1, 3, 1, ["slow"], []),
            ])
        { Ending = RunStatus.Failed };
        await ExactlyOnce.VerifyAsync(world, expected);
    }
}
