using OctoWorkers.Engine.Runs;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Who begins when, with several engines on one store.</summary>
public sealed class QueueTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenRunsOfTwoEngines_WhenTheSlotComesFree_ThenTheyBeginByTopThenPriorityThenFirstCome()
    {
        await using RunWorld world = await CreateAsync();
        EngineInstance second = await world.AddEngineAsync();
        await using Holder holder = await Holder.StartAsync(world);
        await world.PutAsync("next", Step("says", "true"));
        RunId low = await QueueAsync(world.First, new("next", TestEnvironment) { Priority = RunPriority.Low });
        RunId normal = await QueueAsync(second, new("next", TestEnvironment));
        RunId top = await QueueAsync(second, new("next", TestEnvironment) { Priority = RunPriority.Low });
        RunId high = await QueueAsync(world.First, new("next", TestEnvironment) { Priority = RunPriority.High });
        await second.Store.MoveToTopAsync(top, Stop);
        RunId[] order = [top, high, normal, low];
        Assert.Equal(order, (await world.First.Engine.GetQueueAsync(Stop)).Runs.Select(run => run.Id));
        await holder.EndAsync();
        List<DateTimeOffset> started = [];
        foreach (RunId run in order)
        {
            started.Add((await world.First.EndAsync(run)).Started!.Value);
        }

        Assert.Equal(started.Order(), started);
        Assert.Empty((await world.First.Engine.GetQueueAsync(Stop)).Runs);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenRunsOfOneTag_WhenThereAreSlotsEnough_ThenTheyNeverRunTogetherAndOthersPass()
    {
        await using RunWorld world = await CreateAsync();
        EngineInstance second = await world.AddEngineAsync();
        VariableDefinition tag = VariableDefinition.Text("Octopus.Task.ConcurrencyTag", "db-#{Octopus.Environment.Name}-#{Which}");
        string folder = world.File("");
        await world.PutAsync(new RunbookDefinition("tagged", [Step("counts", $"cd '{folder}'; mkdir here && sleep 0.2 && rmdir here")])
        {
            Variables = [tag, VariableDefinition.Text("Which", "1")],
        });
        await world.PutAsync("other", Step("says", "true"));
        List<RunId> runs = [];
        for (int i = 0; i < 3; i++)
        {
            runs.Add((await world.First.StartAsync("tagged")).Id);
            runs.Add((await second.StartAsync("tagged")).Id);
        }

        RunDetails waiting = await world.First.BecomesAsync(
            runs[^1], details => details.Run.HasEnded || details.Run.Waits.Any(wait => wait.Kind == WaitKind.ConcurrencyTag), "the last one waits for the tag");
        Assert.Equal("db-Test-1", waiting.Run.Request.ConcurrencyTag);
        Assert.Equal(RunStatus.Success, (await second.EndAsync((await second.StartAsync("other")).Id)).Status);
        foreach (RunId run in runs)
        {
            Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        }
    }

    [Fact]
    public async Task GivenAChildWithTheTagOfItsParent_WhenTheParentWouldWaitForIt_ThenTheStepFailsAndNamesTheCircle()
    {
        await using RunWorld world = await CreateAsync();
        VariableDefinition tag = VariableDefinition.Text("Octopus.Task.ConcurrencyTag", "db");
        await world.PutAsync(new RunbookDefinition("child", [Step("says", "true")]) { Variables = [tag] });
        await world.PutAsync(new RunbookDefinition("parent", [Call("calls", "child")]) { Variables = [tag] });
        RunDetails parent = await world.First.RunAsync("parent");
        Assert.Equal(RunStatus.Failed, parent.Run.Status);
        RunId child = parent.Steps[0].Child!.Value;
        Assert.Contains(
            $"{child} would wait for ever: {child} waits for {parent.Run.Id}, which carries the same concurrency tag 'db'; {parent.Run.Id} waits for {child}, which it started.",
            parent.Steps[0].Error!, StringComparison.Ordinal);
        await world.AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GivenAQueueExpiry_WhenARunHasNotBegunByThen_ThenItEndsAsTimedOut(bool detached)
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("driverIdle", "0");
        await using Holder holder = await Holder.StartAsync(world);
        await world.PutAsync(new RunbookDefinition("next", [Step("says", "true")]) { QueueExpiry = TimeSpan.FromMilliseconds(300) });
        RunRecord run = await world.First.StartAsync("next", detached);
        if (detached)
        {
            EngineInstance driver = await world.AddEngineAsync();
            await driver.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
        }

        RunRecord ended = await world.First.EndAsync(run.Id);
        Assert.Equal((RunStatus.TimedOut, null), (ended.Status, ended.Started));
        Assert.Contains("its queue expiry", ended.Error!, StringComparison.Ordinal);
        await holder.EndAsync();
        RunRecord patient = await world.First.Engine.StartRunAsync(new("next", TestEnvironment) { QueueExpiry = TimeSpan.FromHours(1) }, Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(patient.Id)).Status);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAPausedQueue_WhenRunsAreStarted_ThenTheyBeginOnlyWhenItIsResumedAndWhatRunsGoesOn()
    {
        await using RunWorld world = await CreateAsync();
        EngineInstance second = await world.AddEngineAsync();
        await using Holder holder = await Holder.StartAsync(world, taskCap: 5);
        await second.Engine.PauseQueueAsync("moving", Stop);
        await world.PutAsync("next", Step("says", "true"));
        RunRecord run = await world.First.StartAsync("next");
        RunDetails waiting = await world.First.BecomesAsync(run.Id, details => details.Run.Waits.Count > 0, "it waits");
        Assert.Equal(WaitKind.QueuePaused, Assert.Single(waiting.Run.Waits).Kind);
        Assert.EndsWith(": moving", waiting.Run.WaitingFor, StringComparison.Ordinal);
        await holder.EndAsync();
        Assert.Equal(RunStatus.Queued, (await world.First.DetailsAsync(run.Id)).Run.Status);
        Assert.True(await second.Engine.ResumeQueueAsync(Stop));
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run.Id)).Status);
    }

    [Fact]
    public async Task GivenAnEngineThatLeavesWithQueuedRuns_WhenTheSlotComesFree_ThenTheRunsOfOthersPass()
    {
        await using RunWorld world = await CreateAsync();
        EngineInstance second = await world.AddEngineAsync();
        await using Holder holder = await Holder.StartAsync(world);
        await world.PutAsync("next", Step("says", "true"));
        RunId left = await QueueAsync(second, new("next", TestEnvironment) { Priority = RunPriority.High });
        RunId mine = await QueueAsync(world.First, new("next", TestEnvironment));
        await world.LeaveAsync(second);
        await holder.EndAsync();
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(mine)).Status);
        Assert.Equal(RunStatus.Queued, (await world.First.DetailsAsync(left)).Run.Status);
        await world.SetAsync("driverIdle", "0");
        await world.First.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
        Assert.Equal(RunStatus.Success, (await world.First.DetailsAsync(left)).Run.Status);
    }

    [Fact]
    public async Task GivenTagsThatCannotBeUsed_WhenARunIsAskedFor_ThenItIsRefused()
    {
        await using RunWorld world = await CreateAsync();
        foreach (VariableDefinition tag in (VariableDefinition[])
        [
            VariableDefinition.Text("Octopus.Task.ConcurrencyTag", "#{Missing}"),
            VariableDefinition.Text("Octopus.Task.ConcurrencyTag", new string('x', 201)),
            VariableDefinition.Sensitive("Octopus.Task.ConcurrencyTag", world.First.Secrets.Seal("hidden")),
        ])
        {
            await world.PutAsync(new RunbookDefinition("tagged", [Step("says", "true")]) { Variables = [tag] });
            OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => world.First.StartAsync("tagged"));
            Assert.Equal(EngineError.InvalidArgument, refused.Error);
            Assert.DoesNotContain("hidden", refused.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<RunId> QueueAsync(EngineInstance engine, NewRun run)
    {
        RunRecord queued = await engine.Engine.StartRunAsync(run, Stop);
        await engine.BecomesAsync(queued.Id, details => details.Run.Waits.Count > 0, $"{queued.Id} stands in line");
        return queued.Id;
    }

    /// <summary>A run that goes on until it is told to end.</summary>
    private sealed class Holder(RunWorld world, RunId run) : IAsyncDisposable
    {
        public static async Task<Holder> StartAsync(RunWorld world, int taskCap = 1)
        {
            await world.SetAsync("taskCap", $"{taskCap}");
            await world.PutAsync("holder", Step("holds", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
            RunRecord holder = await world.First.StartAsync("holder");
            await world.First.SaysAsync(holder.Id, 1, "there");
            return new(world, holder.Id);
        }

        public async Task EndAsync()
        {
            await DisposeAsync();
            Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
        }

        public async ValueTask DisposeAsync() => await File.WriteAllTextAsync(world.File("go"), "", CancellationToken.None);
    }
}
