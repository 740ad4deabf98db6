using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>A store that can no longer be written while a run is under way: who waits is told, and nothing of the run is lost.</summary>
[Collection(DurabilityGroup.Name)]
public sealed class StoreFailureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenEveryWrite_WhenStoreRefusesItAndAllLaterOnes_ThenTheErrorIsToldAndTheRunGoesOnLater()
    {
        int writes = await DryRunAsync();
        await CrashCases.AllAsync(Enumerable.Range(0, writes), async allowed =>
        {
            EngineError error = allowed % 2 == 0 ? EngineError.StoreFull : EngineError.StoreReadOnly;
            await using DurableWorld world = await Scenario.Everything.WorldAsync();
            Exception? told = await Record.ExceptionAsync(() => RunAsync(world, FailingStore.Around(world.Store, allowed, error)));
            if (told is not null)
            {
                Assert.Equal(error, Assert.IsType<OctoWorkersException>(told).Error);
            }

            await CrashCases.FinishAsync(world, Scenario.Everything);
            await ExactlyOnce.VerifyAsync(world, Scenario.Everything);
        });
    }

    [Fact]
    public async Task GivenFullDisk_WhenOutputComes_ThenTheErrorIsToldAndTheRunGoesOnOnceThereIsRoom()
    {
        await using DurableWorld world = await Scenario.Flood.WorldAsync();
        await world.Store.DisposeAsync();
        await using Mount disk = await Mount.OnAsync(world.Home, "size=2000k");
        await world.OpenAsync();
        await world.Store.PutEnvironmentAsync(new EnvironmentDefinition("Test"), mustBeNew: true, Stop);
        await world.Store.SetSettingAsync("driverIdle", "0", Stop);
        await world.Store.PutRunbookAsync(Scenario.Flood.Runbooks[0], TimeProvider.System.GetUtcNow(), Stop);
        string ballast = Path.Combine(world.Home, "ballast");
        await disk.FillAsync(ballast, leave: 32 * 1024);

        OctoWorkersException told = await Assert.ThrowsAsync<OctoWorkersException>(() => RunAsync(world, world.Store, Scenario.Flood.Name));
        Assert.Equal(EngineError.StoreFull, told.Error);
        Assert.Contains(world.Home, told.Message, StringComparison.Ordinal);

        File.Delete(ballast);
        await CrashCases.FinishAsync(world, Scenario.Flood);
        await ExactlyOnce.VerifyAsync(world, Scenario.Flood);
        await world.Store.DisposeAsync();
    }

    private static async Task<int> DryRunAsync()
    {
        await using DurableWorld world = await Scenario.Everything.WorldAsync();
        IStore counting = FailingStore.Around(world.Store, int.MaxValue, EngineError.StoreFull);
        await RunAsync(world, counting);
        await world.DriveAsync();
        await ExactlyOnce.VerifyAsync(world, Scenario.Everything);
        return ((FailingStore)(object)counting).Count;
    }

    private static async Task RunAsync(DurableWorld world, IStore store, string? runbook = null)
    {
        await using OctoWorkersEngine engine = world.Engine(store);
        RunRecord run = await engine.StartRunAsync(new NewRun(runbook ?? Scenario.Everything.Name, "Test") { Token = "the-run" }, Stop);
        await engine.WaitForRunAsync(run.Id, Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
    }
}
