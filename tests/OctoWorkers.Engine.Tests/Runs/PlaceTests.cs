using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Steps that wait for a place on a worker, and workers that are drained.</summary>
public sealed class PlaceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAWorkerWithACap_WhenStepsOfTwoEnginesWantIt_ThenNoMoreThanThatRunAndTheOthersHaveNotBegun()
    {
        await using RunWorld world = await CreateAsync();
        EngineInstance second = await world.AddEngineAsync();
        await world.First.Store.PutWorkerAsync(new("w", new LocalConnection(), [WorkerPoolDefinition.DefaultName]) { MaxSteps = 1 }, true, Stop);
        await world.PutAsync("holder", Step("holds", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
        RunRecord holder = await world.First.StartAsync("holder");
        await world.First.SaysAsync(holder.Id, 1, "there");
        string folder = world.File("");
        StepDefinition[] steps = [.. Enumerable.Range(1, 3).Select(number => Step($"s{number}", $"cd '{folder}'; mkdir here && sleep 0.05 && rmdir here") with
        {
            Start = number == 1 ? StepStart.AfterPrevious : StepStart.WithPrevious,
        })];
        await world.PutAsync("many", steps);
        RunRecord[] runs = [await world.First.StartAsync("many"), await second.StartAsync("many")];
        foreach (RunRecord run in runs)
        {
            RunDetails waiting = await world.First.BecomesAsync(
                run.Id, details => details.Run.Waits.Count(wait => wait.Kind == WaitKind.Place) == 3, "its steps wait for the worker");
            Assert.All(waiting.Run.Waits, wait => Assert.Equal(("a place on worker 'w' (1 of 1 are taken)", holder.Id), (wait.What, Assert.Single(wait.Holders).Run!.Value)));
            Assert.All(waiting.Steps, step => Assert.Equal((StepStatus.Pending, null), (step.Status, step.Started)));
        }

        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        foreach (RunRecord run in runs)
        {
            RunRecord ended = await world.First.EndAsync(run.Id);
            Assert.True(ended.Status == RunStatus.Success, ended.Error);
        }

        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAStepThatWaitsForAPlace_WhenItsRunIsCanceledOrItsEngineLeaves_ThenThePlaceGoesToOthers()
    {
        await using RunWorld world = await CreateAsync();
        EngineInstance second = await world.AddEngineAsync();
        await world.First.Store.PutPoolAsync(new(WorkerPoolDefinition.DefaultName) { MaxSteps = 1 }, false, Stop);
        await world.AddWorkersAsync(WorkerPoolDefinition.DefaultName, "w1", "w2");
        await world.PutAsync("holder", Step("holds", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
        await world.PutAsync("next", Step("says", "true"));
        RunRecord holder = await world.First.StartAsync("holder");
        await world.First.SaysAsync(holder.Id, 1, "there");
        RunRecord left = await second.StartAsync("next");
        await WaitsAsync(left.Id);
        RunRecord canceled = await world.First.StartAsync("next");
        await WaitsAsync(canceled.Id);
        RunRecord last = await world.First.StartAsync("next");
        await WaitsAsync(last.Id);
        await world.LeaveAsync(second);
        await world.First.Engine.CancelRunAsync(canceled.Id, "", Stop);
        Assert.Equal(RunStatus.Canceled, (await world.First.EndAsync(canceled.Id)).Status);
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(last.Id)).Status);
        await world.SetAsync("driverIdle", "0");
        await world.First.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
        Assert.Equal(RunStatus.Success, (await world.First.DetailsAsync(left.Id)).Run.Status);
        await world.AssertNothingIsLeftAsync();

        Task<RunDetails> WaitsAsync(RunId run)
            => world.First.BecomesAsync(run, details => details.Run.Waits.Any(wait => wait.Kind == WaitKind.Place), $"{run} waits for the pool");
    }

    [Fact]
    public async Task GivenADrainThatCancels_WhenItsDeadlinePasses_ThenTheRunsThereAreCanceledByWhoeverDrivesThem()
    {
        await using RunWorld world = await CreateAsync("w1", "w2");
        EngineInstance second = await world.AddEngineAsync();
        await world.PutAsync("long", Step("holds", "echo there; sleep 7702"));
        RunRecord run = await world.First.StartAsync("long");
        await world.First.SaysAsync(run.Id, 1, "there");
        WorkerRecord patient = await second.Engine.DrainWorkerAsync("w1", TimeSpan.FromMilliseconds(1), cancels: false, Stop);
        Assert.Equal(run.Id, Assert.Single(await second.Engine.WaitForDrainAsync(patient, Stop)).Run);
        Assert.False((await world.First.DetailsAsync(run.Id)).Run.HasEnded);
        await second.Engine.DrainWorkerAsync("w1", TimeSpan.FromMilliseconds(50), cancels: true, Stop);
        RunRecord ended = await world.First.EndAsync(run.Id);
        Assert.Equal(RunStatus.Canceled, ended.Status);
        Assert.Contains("worker 'w1' was drained", ended.Error!, StringComparison.Ordinal);
        RunDetails next = await world.RunAsync(Step("says", "true"));
        Assert.Equal("w2", next.Steps[0].WorkerName);
        await world.AssertNothingIsLeftAsync();
    }
}
