using System.Globalization;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>An engine that is killed at any moment: the next one goes on where it stood.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class CrashTests
{
    [Fact]
    public async Task GivenEveryMoment_WhenEngineIsKilledThere_ThenEverythingIsDoneOnce()
    {
        IReadOnlyList<string> calls = await DryRunAsync(Scenario.Everything);
        foreach (string name in (string[])["CreateRunAsync", "TryTakeSlotAsync", "PlanAsync", "EnterRunAsync", "CommitAsync", "StartAsync", "ReleaseSlotAsync", "RemoveRunAsync"])
        {
            Assert.Contains(calls, call => call.EndsWith(" " + name, StringComparison.Ordinal));
        }

        int killed = 0;
        await CrashCases.AllAsync(CrashCases.PointsOf(Enumerable.Range(1, calls.Count)), async point =>
        {
            await using DurableWorld world = await Scenario.Everything.WorldAsync();
            bool met = await CrashCases.StartAsync(world, Scenario.Everything, point);
            Interlocked.Add(ref killed, met ? 1 : 0);
            await CrashCases.FinishAsync(world, Scenario.Everything);
            await ExactlyOnce.VerifyAsync(world, Scenario.Everything);
        });

        // How many calls store the output depends on when it comes, so the last points may not be met.
        Assert.InRange(killed, calls.Count * 3 / 2, calls.Count * 2);
    }

    [Fact]
    public async Task GivenDeploymentTargets_WhenEngineIsKilledAtAnyMoment_ThenEachIsDoneOnceAndNoLockIsLeft()
    {
        int calls = (await DryRunAsync(Scenario.Targets)).Count;
        int[] sample = [.. Enumerable.Range(1, 12).Select(part => 2 + (part * (calls - 4) / 13))];
        await CrashCases.AllAsync(CrashCases.PointsOf(sample), async point =>
        {
            await using DurableWorld world = await Scenario.Targets.WorldAsync();
            await CrashCases.StartAsync(world, Scenario.Targets, point);
            await CrashCases.FinishAsync(world, Scenario.Targets);
            await ExactlyOnce.VerifyAsync(world, Scenario.Targets);
            Assert.Empty(await world.Store.GetLocksAsync(TestContext.Current.CancellationToken));
        });
    }

    [Fact]
    public async Task GivenSteadyOutput_WhenEngineIsKilledInIt_ThenNoLineIsLostOrDoubled()
    {
        int calls = (await DryRunAsync(Scenario.Flood)).Count;
        Assert.True(calls > 20, $"The output was stored in too few transactions ({calls} calls) to be interrupted.");
        int[] sample = [.. Enumerable.Range(1, 6).Select(part => 5 + (part * (calls - 10) / 7))];
        await CrashCases.AllAsync(CrashCases.PointsOf(sample), async point =>
        {
            await using DurableWorld world = await Scenario.Flood.WorldAsync();
            await CrashCases.StartAsync(world, Scenario.Flood, point);
            await CrashCases.FinishAsync(world, Scenario.Flood);
            await ExactlyOnce.VerifyAsync(world, Scenario.Flood);
        });
    }

    [Fact]
    public async Task GivenServiceMessagesInTheOutput_WhenEngineIsKilledAmongThem_ThenEachIsCarriedOutOnce()
    {
        int calls = (await DryRunAsync(Scenario.Messages)).Count;
        Assert.True(calls > 20, $"The output was stored in too few transactions ({calls} calls) to be interrupted.");
        int[] sample = [.. Enumerable.Range(1, 8).Select(part => 5 + (part * (calls - 10) / 9))];
        await CrashCases.AllAsync(CrashCases.PointsOf(sample), async point =>
        {
            await using DurableWorld world = await Scenario.Messages.WorldAsync();
            await CrashCases.StartAsync(world, Scenario.Messages, point);
            await CrashCases.FinishAsync(world, Scenario.Messages);
            await ExactlyOnce.VerifyAsync(world, Scenario.Messages);
        });
    }

    [Fact]
    public async Task GivenKilledEngine_WhenDriverIsKilledToo_ThenTheNextDriverGoesOn()
    {
        int calls = (await DryRunAsync(Scenario.Everything)).Count;
        Random random = new(20260401);
        (string First, string Second)[] sample = [.. Enumerable.Range(0, 12).Select(_ => (Point(random, 3, calls), Point(random, 1, calls / 2)))];
        await CrashCases.AllAsync(sample, async points =>
        {
            await using DurableWorld world = await Scenario.Everything.WorldAsync();
            await CrashCases.StartAsync(world, Scenario.Everything, points.First);
            using (CrashHostProcess driver = CrashHostProcess.Drive(world, points.Second))
            {
                int code = await driver.WaitAsync();
                Assert.True(code is CrashHostProcess.Killed or 0, $"The driver ended with {code}. {driver.Errors}");
            }

            using (CrashHostProcess last = CrashHostProcess.Drive(world))
            {
                Assert.True(await last.WaitAsync() == 0, last.Errors);
            }

            await ExactlyOnce.VerifyAsync(world, Scenario.Everything);
        });
    }

    [Fact]
    public async Task GivenRandomMoments_WhenEnginesAreKilledAgainAndAgain_ThenNoLineIsLostOrDoubled()
    {
        int kills = 0;
        await CrashCases.AllAsync(Enumerable.Range(0, 10), async seed =>
        {
            Random random = new(seed);
            await using DurableWorld world = await Scenario.Flood.WorldAsync();
            for (int round = 0; round < 3; round++)
            {
                using CrashHostProcess host = round == 0 ? CrashHostProcess.Start(world, Scenario.Flood.Name, "never") : CrashHostProcess.Drive(world);
                if (!await host.WaitAsync(TimeSpan.FromMilliseconds(random.Next(150, 800))))
                {
                    host.Kill();
                    Interlocked.Increment(ref kills);
                    await host.WaitAsync();
                }
            }

            await CrashCases.FinishAsync(world, Scenario.Flood);
            await ExactlyOnce.VerifyAsync(world, Scenario.Flood);
        });
        Assert.InRange(kills, 15, 30);
    }

    private static string Point(Random random, int least, int most)
        => string.Create(CultureInfo.InvariantCulture, $"{(random.Next(2) == 0 ? "before" : "after")}:{random.Next(least, most)}");

    private static async Task<IReadOnlyList<string>> DryRunAsync(Scenario scenario)
    {
        await using DurableWorld world = await scenario.WorldAsync();
        using CrashHostProcess host = CrashHostProcess.Start(world, scenario.Name, "never", trace: true);
        Assert.True(await host.WaitAsync() == 0, host.Errors);
        await world.DriveAsync();
        await ExactlyOnce.VerifyAsync(world, scenario);
        return host.Calls;
    }
}
