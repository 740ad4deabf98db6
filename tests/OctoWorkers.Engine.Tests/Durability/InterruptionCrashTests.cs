using OctoWorkers.Engine.Journal;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>A run that waits for a person: its engine is killed at any moment, and it is answered while nobody drives it.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class InterruptionCrashTests
{
    private static readonly InterruptionId TheQuestion = new(new(1), 1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenEveryMomentBeforeTheAnswer_WhenEngineIsKilledThere_ThenTheAnswerStillCountsOnce()
    {
        await CrashCases.AllAsync(CrashCases.PointsOf(Enumerable.Range(1, 9)), async point =>
        {
            await using DurableWorld world = await Scenario.Approval.WorldAsync();
            await LeftWaitingAsync(world, point);
            await AnswerAsync(world);
            await world.DriveAsync();
            await ExactlyOnce.VerifyAsync(world, Scenario.Approval);
        });
    }

    [Fact]
    public async Task GivenEveryMomentAfterTheAnswer_WhenDriverIsKilledThere_ThenTheNextGoesOn()
    {
        await CrashCases.AllAsync(CrashCases.PointsOf(Enumerable.Range(1, 9)), async point =>
        {
            await using DurableWorld world = await Scenario.Approval.WorldAsync();
            await LeftWaitingAsync(world, "never");
            await AnswerAsync(world);
            using (CrashHostProcess driver = CrashHostProcess.Drive(world, point))
            {
                int code = await driver.WaitAsync();
                Assert.True(code is CrashHostProcess.Killed or 0, $"The driver ended with {code}. {driver.Errors}");
            }

            await world.DriveAsync();
            await ExactlyOnce.VerifyAsync(world, Scenario.Approval);
        });
    }

    [Fact]
    public async Task GivenWaitingRunThatNobodyDrives_WhenCanceled_ThenTheNextDriverEndsIt()
    {
        await using DurableWorld world = await Scenario.Approval.WorldAsync();
        await LeftWaitingAsync(world, "never");
        await world.Store.RequestCancelAsync(new(1), "ada", "", TimeProvider.System.GetUtcNow(), Stop);
        await world.DriveAsync();
        Assert.Equal(RunStatus.Canceled, (await world.Store.GetRunAsync(new(1), Stop)).Status);
        Assert.Equal(InterruptionStatus.Ended, (await world.Store.GetInterruptionAsync(TheQuestion, Stop)).Status);
        Assert.Empty(await world.Store.GetLeasesAsync(Stop));
    }

    // The engine dies at the point, or while it waits; drivers then bring the run to where it waits, and leave.
    private static async Task LeftWaitingAsync(DurableWorld world, string point)
    {
        using (CrashHostProcess host = CrashHostProcess.Start(world, Scenario.Approval.Name, point))
        {
            Task<int> ended = host.WaitAsync();
            long seen = 0;
            while (!ended.IsCompleted && (await world.Store.GetInterruptionsAsync(new() { PendingOnly = true }, Stop)).Count == 0)
            {
                seen = await world.Store.WaitForChangeAsync(seen, TimeSpan.FromMilliseconds(100), Stop);
            }

            if (!ended.IsCompleted)
            {
                host.Kill();
            }

            await ended;
        }

        if ((await world.Store.GetRunsAsync(new RunFilter(), Stop)).Count == 0)
        {
            await LeftWaitingAsync(world, "never");
            return;
        }

        await world.DriveAsync();
        Interruption asked = Assert.Single(await world.Store.GetInterruptionsAsync(new(), Stop));
        Assert.Equal((TheQuestion, InterruptionStatus.Pending), (asked.Id, asked.Status));
        Assert.Empty(await world.Store.GetLeasesAsync(Stop));
        Assert.True((await world.Store.GetRunAsync(new(1), Stop)).AwaitsPerson);
    }

    private static Task<Interruption> AnswerAsync(DurableWorld world)
        => world.Store.AnswerInterruptionAsync(
            new(TheQuestion, InterruptionAnswer.Proceed, new("ada", "Ada"), "seen"), TimeProvider.System.GetUtcNow(), Stop);
}
