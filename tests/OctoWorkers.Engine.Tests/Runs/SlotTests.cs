using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class SlotTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenTwoEnginesOnOneStore_WhenManyRunsAreStarted_ThenNoMoreExecuteThanTheCapAllows()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("taskCap", "2");
        EngineInstance second = await world.AddEngineAsync();
        string folder = world.File("");
        await world.PutAsync("counts", Step("counts", $"cd '{folder}'; f=here.$$; touch $f; ls here.* 2>/dev/null | wc -l; sleep 0.1; ls here.* 2>/dev/null | wc -l; rm $f"));
        List<RunId> runs = [];
        for (int index = 0; index < 4; index++)
        {
            runs.Add((await world.First.StartAsync("counts")).Id);
            runs.Add((await second.StartAsync("counts")).Id);
        }

        List<string> counts = [];
        foreach (RunId run in runs)
        {
            Assert.Equal(RunStatus.Success, (await world.First.EndAsync(run)).Status);
            counts.AddRange(await world.First.TextAsync(run, 1));
        }

        Assert.Equal(16, counts.Count);
        Assert.All(counts, count => Assert.Contains(count, new[] { "1", "2" }));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenRunsThatWait_WhenSlotsComeFree_ThenTheyStartInTheOrderInWhichTheyCameAndSayWhatTheyWaitFor()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("taskCap", "1");
        await world.PutAsync("holder", Step("holds", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
        RunRecord holder = await world.First.StartAsync("holder");
        await world.First.SaysAsync(holder.Id, 1, "there");
        await world.PutAsync("next", Step("says", $"echo $1 >> '{world.File("order")}'"));
        List<RunId> runs = [];
        for (int index = 0; index < 4; index++)
        {
            runs.Add((await world.First.StartAsync("next")).Id);
        }

        foreach (RunId run in runs)
        {
            RunDetails waiting = await world.First.BecomesAsync(run, details => details.Run.WaitingFor is not null, $"{run} says what it waits for");
            Assert.Equal("a task slot (1 of 1 are taken)", waiting.Run.WaitingFor);
        }

        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        List<DateTimeOffset> started = [];
        foreach (RunId run in runs)
        {
            RunRecord ended = await world.First.EndAsync(run);
            Assert.Equal(RunStatus.Success, ended.Status);
            Assert.Null(ended.WaitingFor);
            started.Add(ended.Started!.Value);
        }

        Assert.Equal(started.Order(), started);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAParentThatWaitsForASlotAgain_WhenItHasOne_ThenItNoLongerSaysThatItWaits()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("taskCap", "2");
        await world.PutAsync("child", Waits("child"));
        await world.PutAsync("other", Waits("other"));
        RunId parent = await world.StartAsync(Call("calls", "child"), Waits("after"));
        RunId child = (await world.First.BecomesAsync(parent, details => details.Steps[0].Child is not null, "the child was created")).Steps[0].Child!.Value;
        await world.First.SaysAsync(child, 1, "there");
        RunRecord other = await world.First.StartAsync("other");
        await world.First.SaysAsync(other.Id, 1, "there");

        await world.SetAsync("taskCap", "1");
        await File.WriteAllTextAsync(world.File("child"), "", Stop);
        await world.First.BecomesAsync(parent, details => details.Run.Waits.Any(wait => wait.Kind == WaitKind.Slot), "the parent waits for a slot");
        await File.WriteAllTextAsync(world.File("other"), "", Stop);
        await world.First.SaysAsync(parent, 2, "there");
        Assert.Null((await world.First.DetailsAsync(parent)).Run.WaitingFor);
        await File.WriteAllTextAsync(world.File("after"), "", Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(parent)).Status);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(other.Id)).Status);

        StepDefinition Waits(string name) => Step(name, $"echo there; until [ -e '{world.File(name)}' ]; do sleep 0.02; done");
    }
}
