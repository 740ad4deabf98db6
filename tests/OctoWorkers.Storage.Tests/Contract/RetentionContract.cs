namespace OctoWorkers.Storage.Tests.Contract;

public abstract class RetentionContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private static readonly RunKind Backups = new("backup", "PRODUCTION");

    [Fact]
    public async Task GivenEnvironmentAndRunbook_WhenPutWithARetention_ThenItIsRead()
    {
        await Store.PutEnvironmentAsync(new("Test"), true, Cancel);
        Assert.Equal(RetentionPolicy.Default, Assert.Single(await Store.GetEnvironmentsAsync(Cancel)).Retention);
        EnvironmentDefinition kept = new("Test") { Retention = RetentionPolicy.KeepDays(30) };
        Assert.Equal(kept.Retention, (await Store.PutEnvironmentAsync(kept, false, Cancel)).Retention);
        Assert.Equal(kept.Retention, Assert.Single(await Store.GetEnvironmentsAsync(Cancel)).Retention);
        await Store.PutRunbookAsync(Sample.Runbook("a") with { Retention = RetentionPolicy.Forever }, Sample.Now, Cancel);
        await Store.PutRunbookAsync(Sample.Runbook("b"), Sample.Now, Cancel);
        Assert.Equal([RetentionPolicy.Forever, null], (await Store.GetRunbooksAsync(Cancel)).Select(runbook => runbook.Definition.Retention));
    }

    [Fact]
    public async Task GivenRuns_WhenSomeAreKeptByNumber_ThenTheOldestOfTheKindThatHaveEndedAreNot()
    {
        RunRecord[] runs = await RunsAsync(4);
        RunRecord other = await CreateRunAsync(runbook: "Restore");
        await EndAsync(other);
        await EndAtAsync(runs[1], Sample.Now);
        await EndAtAsync(runs[2], Sample.Now);
        await EndAtAsync(runs[3], Sample.Now);
        IReadOnlyList<ExpiredRun> found = await FindAsync(RetentionPolicy.KeepRuns(1));
        Assert.Equal([runs[1].Id, runs[2].Id], found.Select(one => one.Run));
        Assert.Equal(Sample.Now, found[0].Ended);
        Assert.Equal([runs[1].Id], (await FindAsync(RetentionPolicy.KeepRuns(1), most: 1)).Select(one => one.Run));
        Assert.Empty(await FindAsync(RetentionPolicy.KeepRuns(3)));
        Assert.Empty(await FindAsync(RetentionPolicy.Forever));
        Assert.Equal([new("Backup", "Production"), new("Restore", "Production")], (await Store.GetRunKindsAsync(Cancel)).OrderBy(kind => kind.Runbook));
    }

    [Fact]
    public async Task GivenRuns_WhenTheyAreKeptByAge_ThenThoseThatEndedBeforeAreNot()
    {
        RunRecord[] runs = await RunsAsync(2);
        await EndAtAsync(runs[0], Sample.Now);
        await EndAtAsync(runs[1], Sample.Now.AddHours(1));
        Assert.Empty(await FindAsync(RetentionPolicy.KeepDays(1), Sample.Now.AddDays(1)));
        Assert.Equal([runs[0].Id], (await FindAsync(RetentionPolicy.KeepDays(1), Sample.Now.AddDays(1).AddMinutes(1))).Select(one => one.Run));
    }

    [Fact]
    public async Task GivenAFamily_WhenItsParentIsNotKept_ThenItGoesWholeAndOnlyWhenAllHaveEnded()
    {
        RunRecord parent = Assert.Single(await RunsAsync(1));
        RunRecord child = await ChildAsync(parent);
        RunRecord grandchild = await ChildAsync(child);
        await EndAtAsync(parent, Sample.Now);
        await EndAtAsync(child, Sample.Now);
        await EndAtAsync((await RunsAsync(1))[0], Sample.Now);
        Assert.Empty(await FindAsync(RetentionPolicy.KeepRuns(1)));
        await EndAtAsync(grandchild, Sample.Now.AddDays(3));
        ExpiredRun family = Assert.Single(await FindAsync(RetentionPolicy.KeepRuns(1)));
        Assert.Equal((parent.Id, Sample.Now.AddDays(3)), (family.Run, family.Ended));
        Assert.Equal([child.Id, grandchild.Id], family.Children);
        Assert.DoesNotContain(parent.Id, (await FindAsync(RetentionPolicy.KeepDays(1), Sample.Now.AddDays(3))).Select(one => one.Run));
        await Store.RemoveRunAsync(parent.Id, Cancel);
        ExpiredRun orphan = Assert.Single(await Store.FindExpiredRunsAsync(
            new("Child", "Production"), RetentionPolicy.KeepDays(1), Sample.Now.AddDays(9), int.MaxValue, Cancel));
        Assert.Equal(child.Id, orphan.Run);
        Assert.Equal([grandchild.Id], orphan.Children);
    }

    [Fact]
    public async Task GivenRunsToRemove_WhenOneHasNotEnded_ThenNoneIsRemoved()
    {
        RunRecord[] runs = await RunsAsync(2);
        await EndAtAsync(runs[0], Sample.Now);
        OctoWorkersException refused = await FailsAsync(EngineError.InvalidRunState, () => Store.RemoveRunsAsync([runs[0].Id, runs[1].Id], Cancel));
        Assert.Contains(runs[1].Id.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Store.GetRunsAsync(new(), Cancel)).Count);
        await EndAtAsync(runs[1], Sample.Now);
        await Store.RemoveRunsAsync([runs[0].Id, runs[1].Id, new(4711)], Cancel);
        Assert.Empty(await Store.GetRunsAsync(new(), Cancel));
        Assert.Empty(await Store.CheckAsync(Cancel));
    }

    private async Task<RunRecord[]> RunsAsync(int count)
    {
        RunRecord[] runs = new RunRecord[count];
        for (int i = 0; i < count; i++)
        {
            runs[i] = await StartAsync(await CreateRunAsync());
        }

        return runs;
    }

    private async Task<RunRecord> ChildAsync(RunRecord parent)
    {
        RunRequest request = (await RequestAsync("Child")) with { Parent = parent.Id, ParentStep = 1 };
        return await StartAsync(await Store.CreateRunAsync(request, null, Sample.Now, Cancel));
    }

    private Task<IReadOnlyList<RunRecord>> EndAtAsync(RunRecord run, DateTimeOffset at) => CommitAsync(run, new RunEnded(RunStatus.Success, null) { At = at });

    private Task<IReadOnlyList<ExpiredRun>> FindAsync(RetentionPolicy policy, DateTimeOffset? now = null, int most = int.MaxValue)
        => Store.FindExpiredRunsAsync(Backups, policy, now ?? Sample.Now, most, Cancel);
}
