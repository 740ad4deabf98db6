namespace OctoWorkers.Storage.Tests.Contract;

public abstract class RunbookContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    [Fact]
    public async Task GivenRunbooks_WhenPutAgain_ThenTheyKeepTheirIdsAndAreListedByName()
    {
        RunbookRecord first = await Store.PutRunbookAsync(Sample.Runbook("restore"), Sample.Now, Cancel);
        await Store.PutRunbookAsync(Sample.Runbook("Backup"), Sample.Now, Cancel);
        RunbookRecord again = await Store.PutRunbookAsync(Sample.Runbook("RESTORE") with { MaxParallelism = 3 }, Sample.Now.AddHours(1), Cancel);
        Assert.Equal(first.Id, again.Id);
        IReadOnlyList<RunbookRecord> all = await Store.GetRunbooksAsync(Cancel);
        Assert.Equal(["Backup", "RESTORE"], all.Select(record => record.Definition.Name));
        Assert.Equal(3, all[1].Definition.MaxParallelism);
        Assert.Equal(Sample.Now.AddHours(1), all[1].Changed);
    }

    [Fact]
    public async Task GivenRunbookWithRuns_WhenRemoved_ThenItsRunsStay()
    {
        RunRecord run = await CreateRunAsync();
        await Store.RemoveRunbookAsync("BACKUP", Cancel);
        Assert.Empty(await Store.GetRunbooksAsync(Cancel));
        Assert.Equal("Backup", (await Store.GetRunAsync(run.Id, Cancel)).Request.Snapshot.Name);
        await FailsAsync(EngineError.RunbookNotFound, () => Store.RemoveRunbookAsync("Backup", Cancel));
        Assert.NotEqual(run.Request.Runbook, (await Store.PutRunbookAsync(Sample.Runbook("Backup"), Sample.Now, Cancel)).Id);
    }
}
