using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class ChildRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAChildThatFails_WhenTheParentWaits_ThenItsStepSaysWhichAndWhy()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync("child", Step("breaks", "exit 9"));
        RunDetails run = await world.RunAsync(Call("calls", "child"), Step("never", "true"));
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        RunId child = run.Steps[0].Child!.Value;
        Assert.Equal($"{child} of runbook 'child' ended with Failed. Step 1 'breaks' failed: The script exited with code 9.", run.Steps[0].Error);
        Assert.Equal(StepStatus.Skipped, run.Steps[1].Status);
    }

    [Fact]
    public async Task GivenAChildThatSomebodyCancels_WhenTheParentWaits_ThenItsStepHasFailed()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync("child", Step("long", "echo there; sleep 7301"));
        RunId parent = await world.StartAsync(Call("calls", "child"), Step("never", "true"));
        RunId child = (await world.First.BecomesAsync(parent, details => details.Steps[0].Child is not null, "the child was created")).Steps[0].Child!.Value;
        await world.First.SaysAsync(child, 1, "there");
        await world.First.Engine.CancelRunAsync(child, "", Stop);
        await world.First.EndAsync(parent);
        RunDetails details = await world.First.DetailsAsync(parent);
        Assert.Equal(RunStatus.Failed, details.Run.Status);
        Assert.Equal([StepStatus.Failed, StepStatus.Skipped], details.Steps.Select(step => step.Status));
    }

    [Fact]
    public async Task GivenAChildThatIsNotWaitedFor_WhenTheParentEnds_ThenTheChildGoesOn()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync("child", Step("waits", $"until [ -e '{world.File("go")}' ]; do sleep 0.02; done"));
        RunDetails run = await world.RunAsync(Call("calls", "child", wait: false), Step("next", "true"));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        RunId child = run.Steps[0].Child!.Value;
        Assert.False((await world.First.DetailsAsync(child)).Run.HasEnded);
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(child)).Status);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenARunbookThatCallsItself_WhenItRuns_ThenItEndsAtTheNestingLimit()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(Call("again", "the runbook"));
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        IReadOnlyList<RunSummary> runs = await world.First.Store.GetRunsAsync(new() { Limit = 100 }, Stop);
        Assert.Equal(33, runs.Count);
        Assert.All(runs, one => Assert.Equal(RunStatus.Failed, one.Status));
        Assert.Contains("nest at most 32 deep", runs[0].Error, StringComparison.Ordinal);
        await world.AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData("nowhere", null, "There is no runbook 'nowhere'.")]
    [InlineData("child", "Elsewhere", "There is no environment 'Elsewhere'.")]
    public async Task GivenAStepThatNamesNothingKnown_WhenItRuns_ThenItFailsAndNamesIt(string runbook, string? environment, string error)
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync("child", Step("works", "true"));
        RunDetails run = await world.RunAsync(new StepDefinition("calls", new RunRunbookAction(runbook) { Environment = environment }));
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains(error, run.Steps[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenOneSlotAndAParentThatWaits_WhenItsChildNeedsTheSlot_ThenBothEnd()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("taskCap", "1");
        await world.PutAsync("child", Step("works", "true"));
        RunDetails run = await world.RunAsync(Step("before", "true"), Call("calls", "child"), Step("after", "true"));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Null(run.Run.WaitingFor);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenOneSlotAndAParentThatWaits_WhenAnotherEngineTakesBothOver_ThenBothEnd()
    {
        await using RunWorld world = await CreateAsync();
        await world.SetAsync("taskCap", "1");
        await world.SetAsync("driverIdle", "0");
        EngineInstance leaver = await world.AddEngineAsync();
        await world.PutAsync("child", Step("waits", $"echo there; until [ -e '{world.File("go")}' ]; do sleep 0.02; done"), Step("more", "true"));
        await world.PutAsync("parent", Call("calls", "child"), Step("after", "true"));
        RunRecord parent = await leaver.StartAsync("parent");
        RunId child = (await leaver.BecomesAsync(parent.Id, details => details.Steps[0].Child is not null, "the child was created")).Steps[0].Child!.Value;
        await leaver.SaysAsync(child, 1, "there");
        await world.LeaveAsync(leaver);
        Task driving = world.First.Engine.DriveUntilIdleAsync(Stop);
        await world.First.BecomesAsync(child, details => details.Run.Owner is not null, "it was taken over");
        await File.WriteAllTextAsync(world.File("go"), "", Stop);
        await driving.WaitAsync(TimeSpan.FromMinutes(2), Stop);
        Assert.Equal(RunStatus.Success, (await world.First.DetailsAsync(child)).Run.Status);
        Assert.Equal(RunStatus.Success, (await world.First.DetailsAsync(parent.Id)).Run.Status);
    }
}
