using OctoWorkers.Engine.Journal;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Something removes the lock files by which processes see each other live, while they live.</summary>
public sealed class LostDeclarationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenADriverWhoseLockFileWasRemoved_WhenItsRunIsCanceled_ThenItKeepsTheRunAndEndsIt()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        await world.PutAsync("the runbook", Step("long", "echo there; sleep 7801"));
        RunRecord run = await world.First.StartAsync("the runbook", detached: true);
        EngineInstance driver = await world.AddEngineAsync();
        Task driving = driver.Engine.DriveUntilIdleAsync(Stop);
        await driver.SaysAsync(run.Id, 1, "there");
        EngineId owner = (await world.First.DetailsAsync(run.Id)).Run.Owner!.Value;

        string engines = Path.Combine(driver.Store.Location, "engines");
        foreach (string file in Directory.EnumerateFiles(engines))
        {
            File.Delete(file);
        }

        await world.First.BecomesAsync(run.Id, _ => world.First.Store.IsAlive(owner), "the driver is seen alive again");
        await world.First.Engine.CancelRunAsync(run.Id, "enough", Stop);
        await driving.WaitAsync(TimeSpan.FromMinutes(2), Stop);
        RunDetails details = await world.First.DetailsAsync(run.Id);
        Assert.Equal(RunStatus.Canceled, details.Run.Status);
        Assert.Equal(AttemptOutcome.Canceled, details.Steps[0].Attempts[0].Outcome);
        Assert.NotEmpty(details.Steps[0].Attempts[0].Receipt!.Ended);
        Assert.DoesNotContain(await world.First.Store.GetEventsAsync(run.Id, Stop), happened => happened is TakenOver);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenADriverThatCannotDeclareItself_WhenItLooksForOrphans_ThenItDoesNotTakeItsOwnRunOver()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        await using EngineInstance inner = await EngineInstance.OpenAsync(world.First.Store.Location, world.Transport);
        (IStore store, WatchedStore watch) = WatchedStore.Around(inner.Store);
        int looks = 0;
        string lockFile = "";
        watch.Before = method =>
        {
            if (method == nameof(IRunStore.GetUnfinishedRunsAsync) && lockFile.Length > 0)
            {
                File.Delete(lockFile);
                Interlocked.Increment(ref looks);
            }
        };
        await using OctoWorkersEngine engine = new(store, [world.Transport], inner.Secrets, inner.Artifacts, inner.Launcher, TimeProvider.System);
        await world.PutAsync("the runbook", Step("waits", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
        RunRecord run = await world.First.StartAsync("the runbook", detached: true);
        Task driving = engine.DriveUntilIdleAsync(Stop);
        await world.First.SaysAsync(run.Id, 1, "there");
        RunRecord driven = (await world.First.DetailsAsync(run.Id)).Run;
        lockFile = Path.Combine(inner.Store.Location, "engines", driven.Owner!.Value.Value + ".lock");
        await world.First.BecomesAsync(run.Id, _ => Volatile.Read(ref looks) > 3, "the driver looks for orphans");
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await driving.WaitAsync(TimeSpan.FromMinutes(2), Stop);
        RunRecord ended = (await world.First.DetailsAsync(run.Id)).Run;
        Assert.Equal(RunStatus.Success, ended.Status);
        Assert.Equal(driven.FencingToken, ended.FencingToken);
    }
}
