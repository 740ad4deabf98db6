using OctoWorkers.Engine.Transports;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class HandOverTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenADetachedRun_WhenADriverRuns_ThenItEndsAndTheDriverLeaves()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        await world.PutAsync("the runbook", Step("works", "echo worked"));
        RunRecord run = await world.First.StartAsync("the runbook", detached: true);
        Assert.Null(run.Owner);
        Assert.Equal(1, world.First.Launcher.Count);
        EngineInstance driver = await world.AddEngineAsync();
        await driver.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
        Assert.Equal(RunStatus.Success, (await world.First.DetailsAsync(run.Id)).Run.Status);
        Assert.False(world.First.Store.HasDriver());
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAStepThatWrites_WhenItsEngineHandsOver_ThenAnotherGoesOnWithoutALineLostOrDoubled()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        EngineInstance leaver = await world.AddEngineAsync();
        await world.PutAsync("the runbook", Step(
            "writes", $"for i in $(seq 1 400); do echo \"line $i\"; [ $((i % 20)) -eq 0 ] && sleep 0.1; done; echo x >> '{world.File("ran")}'"));
        RunRecord run = await leaver.StartAsync("the runbook");
        Task<List<LogLine>> following = FollowAsync(world.First, run.Id);
        await leaver.SaysAsync(run.Id, 1, "line 40");
        IReadOnlyList<RunId> left = await leaver.Engine.HandOverAsync(Stop);
        Assert.Equal([run.Id], left);
        Assert.Equal(1, leaver.Launcher.Count);
        Assert.Null((await world.First.DetailsAsync(run.Id)).Run.Owner);

        EngineInstance second = await world.AddEngineAsync();
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task driving = second.Engine.DriveUntilIdleAsync(leaving.Token);
        await second.SaysAsync(run.Id, 1, "line 150");
        await leaving.CancelAsync();
        await driving;
        await world.First.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);

        RunDetails details = await world.First.DetailsAsync(run.Id);
        Assert.Equal(RunStatus.Success, details.Run.Status);
        Assert.Single(details.Steps[0].Attempts);
        Assert.Single(await File.ReadAllLinesAsync(world.File("ran"), Stop));
        Assert.Equal(Enumerable.Range(1, 400).Select(number => $"line {number}"), await world.First.TextAsync(run.Id, 1));
        Assert.Equal(2, (await world.First.Store.GetEventsAsync(run.Id, Stop)).OfType<TakenOver>().Count());

        List<LogLine> followed = await following.WaitAsync(TimeSpan.FromMinutes(2), Stop);
        Assert.Equal(await world.First.LogAsync(run.Id), followed);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAnEngineThatHandedOver_WhenItWaitsForTheRun_ThenItHearsOfItsEndWithoutSpinning()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        await using EngineInstance inner = await EngineInstance.OpenAsync(world.First.Store.Location, world.Transport);
        (Journal.IStore store, WatchedStore counter) = WatchedStore.Around(inner.Store);
        await using OctoWorkersEngine leaver = new(store, [world.Transport], inner.Secrets, inner.Artifacts, inner.Launcher, TimeProvider.System);
        await world.PutAsync("the runbook", Step("waits", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
        RunRecord run = await leaver.StartRunAsync(new("the runbook", TestEnvironment), Stop);
        await inner.SaysAsync(run.Id, 1, "there");
        await leaver.HandOverAsync(Stop);
        Task<RunRecord> waiting = leaver.WaitForRunAsync(run.Id, Stop);
        int before = counter.Calls;
        long began = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Stop);

        // Two calls in 50 milliseconds at most; who spins makes thousands.
        double most = 10 + (TimeProvider.System.GetElapsedTime(began).TotalMilliseconds / 50 * 2);
        int calls = counter.Calls - before;
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await world.First.Engine.DriveUntilIdleAsync(Stop);
        Assert.Equal(RunStatus.Success, (await waiting).Status);
        Assert.True(calls <= most, $"It asked the store {calls} times.");
    }

    [Fact]
    public async Task GivenARunThatIsCanceledWhileNobodyDrivesIt_WhenADriverComes_ThenItIsCanceled()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        EngineInstance leaver = await world.AddEngineAsync();
        await world.PutAsync("the runbook", Step("long", "echo there; sleep 7501"));
        RunRecord run = await leaver.StartAsync("the runbook");
        await leaver.SaysAsync(run.Id, 1, "there");
        await world.LeaveAsync(leaver);
        await world.First.Engine.CancelRunAsync(run.Id, "", Stop);
        await world.First.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.DetailsAsync(run.Id)).Run.Status);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAnEngineThatEndedACanceledStepAndCouldNotStoreIt_WhenAnotherTakesOver_ThenTheStepIsCanceledAndItsReceiptKnown()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        (Journal.IStore store, WatchedStore watch) = WatchedStore.Around(world.First.Store);
        bool isEnding = false;
        world.Transport.Before = (_, method, _) =>
        {
            isEnding |= method == nameof(IWorkerChannel.TerminateAsync);
            return Task.CompletedTask;
        };
        watch.Before = method =>
        {
            if (isEnding && method == nameof(Journal.IRunStore.CommitAsync))
            {
                throw new OctoWorkersException(EngineError.StoreUnavailable, "The disk is full.");
            }
        };
        await world.PutAsync("the runbook", Step("long", "echo there; sleep 7503"));
        RunRecord run;
        await using (OctoWorkersEngine leaver = new(store, [world.Transport], world.First.Secrets, world.First.Artifacts, world.First.Launcher, TimeProvider.System))
        {
            run = await leaver.StartRunAsync(new("the runbook", TestEnvironment), Stop);
            await world.First.SaysAsync(run.Id, 1, "there");
            await leaver.CancelRunAsync(run.Id, "enough", Stop);
            await Assert.ThrowsAsync<OctoWorkersException>(() => leaver.WaitForRunAsync(run.Id, Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop));
        }

        await world.First.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
        RunDetails details = await world.First.DetailsAsync(run.Id);
        Assert.Equal(RunStatus.Canceled, details.Run.Status);
        Assert.Equal(StepStatus.Canceled, details.Steps[0].Status);
        Assert.Contains(details.Steps[0].Attempts.Single().Receipt!.Ended, process => process.Name == "sleep");
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenTwoEnginesOnAnEmptyFolder_WhenBothStart_ThenBothWorkOnOneStore()
    {
        using TestKit.Files.TemporaryFolder folder = new();
        EngineInstance[] both = await Task.WhenAll(EngineInstance.OpenAsync(folder.File("new")), EngineInstance.OpenAsync(folder.File("new")));
        Assert.Equal(both[0].Store.Key, both[1].Store.Key);
        await both[0].Store.PutEnvironmentAsync(new("Test"), true, Stop);
        Assert.Equal(["Test"], (await both[1].Store.GetEnvironmentsAsync(Stop)).Select(environment => environment.Name));
        foreach (EngineInstance engine in both)
        {
            await engine.DisposeAsync();
        }
    }

    private static async Task<List<LogLine>> FollowAsync(EngineInstance engine, RunId run)
    {
        List<LogLine> lines = [];
        await foreach (LogLine line in engine.Engine.ReadLogAsync(run, 0, null, follow: true, Stop))
        {
            lines.Add(line);
        }

        return lines;
    }
}
