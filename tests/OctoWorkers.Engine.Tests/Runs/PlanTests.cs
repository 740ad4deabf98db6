using OctoWorkers.Engine.Definitions;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class PlanTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenTheKraken_WhenItRunsTwiceInTwoEngines_ThenItsChildrenGoRoundAndTheCursorGoesOn()
    {
        await using RunWorld world = await CreateAsync();
        await world.AddWorkersAsync("Setup", "worker1", "worker2", "worker3");
        await world.PutAsync("Create AWS RDS", Step("create", "true") with { Pool = "Setup" });
        await world.PutAsync(
            "Unleash the kraken", [.. Enumerable.Range(1, 4).Select(number => Call($"create {number}", "Create AWS RDS", wait: false) with { Pool = "Setup" })]);
        EngineInstance second = await world.AddEngineAsync();

        Assert.Equal("worker1: worker1 worker2 worker3 worker1", await UnleashAsync(world.First));
        Assert.Equal("worker2: worker2 worker3 worker1 worker2", await UnleashAsync(second));
        Assert.Equal("worker3: worker3 worker1 worker2 worker3", await UnleashAsync(world.First));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAHealthyWorkerWhoseCheckIsTooOld_WhenAPlanIsShown_ThenItSaysThatItWouldBeChecked()
    {
        await using RunWorld world = await CreateAsync("w1");
        await world.PutAsync("the runbook", Step("works", "true"));
        WorkerRecord worker = (await world.First.Store.GetWorkersAsync(Stop)).Single();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Assert.DoesNotContain("checked", await ReasonAsync(now), StringComparison.Ordinal);
        Assert.EndsWith("its last check is too old: it would be checked", await ReasonAsync(now.AddHours(-2)), StringComparison.Ordinal);

        async Task<string> ReasonAsync(DateTimeOffset at)
        {
            await world.First.Store.SetWorkerHealthAsync(worker.Id, new(HealthStatus.Healthy, at, "", new Dictionary<string, string> { ["bash"] = "5.2" }), Stop);
            return (await world.First.Engine.PreviewAsync(new("the runbook", TestEnvironment), new DefinitionSet(), false, Stop)).Single().Plan.Draws.Single().Reason;
        }
    }

    [Fact]
    public async Task GivenAnEmptyDefaultPool_WhenARunNeedsIt_ThenTheBuiltInWorkerIsUsed()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(Step("works", "true"));
        Assert.Equal(WorkerRecord.BuiltInName, run.Steps[0].Attempts.Single().WorkerName);
    }

    [Fact]
    public async Task GivenOneUnreachableWorkerInTheDefaultPool_WhenARunNeedsIt_ThenThePlanFailsAndNothingIsHeld()
    {
        await using RunWorld world = await CreateAsync("dead");
        world.Transport.Refuse("dead");
        RunDetails run = await world.RunAsync(Step("never", "true"));
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.NotNull(run.Run.Started);
        Assert.Contains("dead", run.Run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Steps[0].Attempts);
        Assert.Equal([typeof(RunStarted), typeof(RunEnded)], (await world.First.Store.GetEventsAsync(run.Run.Id, Stop)).Select(happened => happened.GetType()));
        Assert.Equal(HealthStatus.Unavailable, (await world.First.Store.GetWorkersAsync(Stop)).Single().Health.Status);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAPlanThatFails_WhenTheNextOneSucceeds_ThenTheCursorHasNotMoved()
    {
        await using RunWorld world = await CreateAsync();
        await world.AddWorkersAsync("Good", "worker1", "worker2");
        await world.AddWorkersAsync("Bad", "dead");
        world.Transport.Refuse("dead");
        StepDefinition good = Step("good", "true") with { Pool = "Good" };
        StepDefinition bad = Step("bad", "true") with { Pool = "Bad" };
        Assert.Equal(RunStatus.Failed, (await world.RunAsync(good, bad)).Run.Status);
        Assert.Equal("worker1", (await world.RunAsync(good)).Steps[0].WorkerName);
        Assert.Equal(RunStatus.Failed, (await world.RunAsync(good, bad)).Run.Status);
        Assert.Equal("worker2", (await world.RunAsync(good)).Steps[0].WorkerName);
    }

    [Fact]
    public async Task GivenAFailedRun_WhenItIsRunAgainFromThere_ThenWhatSucceededIsSkippedAndTheSnapshotIsTheSame()
    {
        await using RunWorld world = await CreateAsync();
        string flag = world.File("flag");
        RunDetails failed = await world.RunAsync(
            Step("required", $"echo once >> '{world.File("once")}'") with { Required = true },
            Step("fails", $"echo old; [ -e '{flag}' ]"),
            Step("last", "echo old"));
        Assert.Equal(RunStatus.Failed, failed.Run.Status);
        await world.PutAsync("the runbook", Step("changed", "echo new"));
        await File.WriteAllTextAsync(flag, "", Stop);
        RunRecord again = await world.First.Engine.RerunFromFailedAsync(failed.Run.Id, detached: false, Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(again.Id)).Status);
        RunDetails details = await world.First.DetailsAsync(again.Id);
        Assert.Equal(failed.Run.Id, details.Run.Request.RerunOf);
        Assert.Equal([StepStatus.Skipped, StepStatus.Succeeded, StepStatus.Succeeded], details.Steps.Select(step => step.Status));
        Assert.Equal($"it succeeded in {failed.Run.Id}", details.Steps[0].Error);
        Assert.Equal(["old"], await world.First.TextAsync(again.Id, 3));
        Assert.Equal(["once"], await File.ReadAllLinesAsync(world.File("once"), Stop));
    }

    private static async Task<string> UnleashAsync(EngineInstance engine)
    {
        RunDetails kraken = await engine.RunAsync("Unleash the kraken");
        Assert.Equal(RunStatus.Success, kraken.Run.Status);
        List<string> workers = [];
        foreach (StepDetails step in kraken.Steps)
        {
            Assert.Equal(RunStatus.Success, (await engine.EndAsync(step.Child!.Value)).Status);
            workers.Add((await engine.DetailsAsync(step.Child.Value)).Steps[0].WorkerName!);
        }

        return $"{kraken.Plan!.Draws.Single().WorkerName}: {string.Join(' ', workers)}";
    }
}
