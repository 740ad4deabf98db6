using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Two processes that want the same at the same time.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class DoubleStartTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenOneToken_WhenTwoProcessesStartARun_ThenThereIsOneRunAndBothSeeItsEnd()
    {
        await CrashCases.AllAsync(Enumerable.Range(0, 2), async _ =>
        {
            await using DurableWorld world = await Scenario.Everything.WorldAsync();
            using CrashHostProcess first = CrashHostProcess.Start(world, Scenario.Everything.Name, "never");
            using CrashHostProcess second = CrashHostProcess.Start(world, Scenario.Everything.Name, "never");
            Assert.True(await first.WaitAsync() == 0, first.Errors);
            Assert.True(await second.WaitAsync() == 0, second.Errors);
            await world.DriveAsync();
            await ExactlyOnce.VerifyAsync(world, Scenario.Everything);
        });
    }

    [Fact]
    public async Task GivenEmptyFolder_WhenProcessesStartOnItAtOnce_ThenTheyMakeOneStoreAndOneRun()
    {
        await using DurableWorld world = DurableWorld.Empty();
        CrashHostProcess[] hosts = [.. Enumerable.Range(0, 4).Select(_ => CrashHostProcess.First(world))];
        try
        {
            foreach (CrashHostProcess host in hosts)
            {
                Assert.True(await host.WaitAsync() == 0, host.Errors);
            }
        }
        finally
        {
            Array.ForEach(hosts, host => host.Dispose());
        }

        await world.OpenAsync();
        RunSummary run = Assert.Single(await world.Store.GetRunsAsync(new RunFilter(), Stop));
        Assert.Equal(RunStatus.Success, run.Status);
        Assert.Single(await world.Store.GetRunbooksAsync(Stop));
        Assert.Equal(["1-1-1"], world.Effects);
    }
}
