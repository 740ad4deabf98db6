using OctoWorkers.Engine.Tests.Runs;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Upkeep;

public sealed class RetentionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAnEnvironmentThatKeepsTwoRuns_WhenAThirdEnds_ThenTheFirstIsGoneWithItsArtifacts()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await KeepAsync(world, RetentionPolicy.KeepRuns(2));
        await world.PutAsync("keeps", Step("Write", "echo 42 > a.txt; new_octopusartifact a.txt"));
        await world.PutAsync("other", Step("Say", "echo hello"));
        RunDetails other = await world.First.RunAsync("other");
        RunDetails[] runs = [await world.First.RunAsync("keeps"), await world.First.RunAsync("keeps"), await world.First.RunAsync("keeps")];
        await GoneAsync(world, runs[0].Run.Id);
        Assert.Equal(
            [runs[2].Run.Id, runs[1].Run.Id, other.Run.Id], (await world.First.Store.GetRunsAsync(new(), Stop)).Select(run => run.Id));
        Assert.Equal([runs[1].Run.Id, runs[2].Run.Id], world.First.Artifacts.List().Select(file => file.Run).Order());
        Assert.True((await world.First.Store.ExamineAsync(world.First.Artifacts, Stop)).IsSound);
    }

    [Fact]
    public async Task GivenARunbookThatKeepsItsRuns_WhenItsEnvironmentKeepsOne_ThenTheRunbookCounts()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await KeepAsync(world, RetentionPolicy.KeepRuns(1));
        await world.PutAsync(new RunbookDefinition("keeps", [Step("Say", "echo hello")]) { Retention = RetentionPolicy.Forever });
        await world.First.RunAsync("keeps");
        await world.First.RunAsync("keeps");
        Assert.Empty(await world.First.Engine.ApplyRetentionAsync(Stop));
        Assert.Equal(2, (await world.First.Store.GetRunsAsync(new(), Stop)).Count);
    }

    [Fact]
    public async Task GivenRunsWithChildren_WhenRetentionIsApplied_ThenTheyGoTogether()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await world.PutAsync("child", Step("Say", "echo hello"));
        await world.PutAsync("parent", Call("Run the child", "child"));
        RunDetails first = await world.First.RunAsync("parent");
        RunDetails second = await world.First.RunAsync("parent");
        await KeepAsync(world, RetentionPolicy.KeepRuns(1));
        ExpiredRun expired = Assert.Single(await world.First.Engine.FindExpiredRunsAsync(Stop));
        Assert.Equal((first.Run.Id, first.Steps[0].Child), (expired.Run, Assert.Single(expired.Children)));
        Assert.Equal(4, (await world.First.Store.GetRunsAsync(new(), Stop)).Count);
        Assert.Single(await world.First.Engine.ApplyRetentionAsync(Stop));
        Assert.Equal(
            [second.Steps[0].Child!.Value, second.Run.Id], (await world.First.Store.GetRunsAsync(new(), Stop)).Select(run => run.Id));
    }

    [Fact]
    public async Task GivenFilesThatACrashLeft_WhenRetentionIsApplied_ThenTheyAreGone()
    {
        await using RunWorld world = await CreateAsync("worker1");
        await world.PutAsync("keeps", Step("Write", "echo 42 > a.txt; new_octopusartifact a.txt"));
        RunDetails run = await world.First.RunAsync("keeps");
        await world.First.Store.RemoveRunsAsync([run.Run.Id], Stop);
        Assert.Single(world.First.Artifacts.List());
        await world.First.Engine.ApplyRetentionAsync(Stop);
        Assert.Empty(world.First.Artifacts.List());
    }

    private static Task<EnvironmentRecord> KeepAsync(RunWorld world, RetentionPolicy retention)
        => world.First.Store.PutEnvironmentAsync(new(TestEnvironment) { Retention = retention }, false, Stop);

    // Who waits for a run does not wait for older ones to be removed.
    private static async Task GoneAsync(RunWorld world, RunId run)
    {
        long began = TimeProvider.System.GetTimestamp();
        long seen = 0;
        while ((await world.First.Store.GetRunsAsync(new(), Stop)).Any(there => there.Id == run) || world.First.Artifacts.List().Any(file => file.Run == run))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(2), $"{run} is still there.");
            seen = await world.First.Store.WaitForChangeAsync(seen, TimeSpan.FromMilliseconds(50), Stop);
        }
    }
}
