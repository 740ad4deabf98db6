using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class OwnershipContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private readonly EngineId first = EngineId.New();
    private readonly EngineId second = EngineId.New();

    [Fact]
    public async Task GivenOwnedRun_WhenClaimed_ThenOnlyOverADeadOwner()
    {
        RunRecord run = await CreateRunAsync(first);
        Assert.Null(await Store.ClaimRunAsync(run.Id, second, null, Cancel));
        Assert.Null(await Store.ClaimRunAsync(run.Id, second, EngineId.New(), Cancel));
        RunRecord claimed = (await Store.ClaimRunAsync(run.Id, second, first, Cancel))!;
        Assert.Equal((second, 2L), (claimed.Owner!.Value, claimed.FencingToken));
        Assert.Equal(3, (await Store.ClaimRunAsync(run.Id, second, null, Cancel))!.FencingToken);
        await FailsAsync(EngineError.RunNotFound, () => Store.ClaimRunAsync(new(99), second, null, Cancel));
    }

    [Fact]
    public async Task GivenReleasedRun_WhenClaimedByManyAtOnce_ThenOneGetsIt()
    {
        IStore other = await Factory.OpenAsync();
        RunRecord run = await CreateRunAsync(first);
        await Store.ReleaseRunAsync(run.Id, second, Cancel);
        Assert.Equal(first, (await Store.GetRunAsync(run.Id, Cancel)).Owner);
        await Store.ReleaseRunAsync(run.Id, first, Cancel);
        Assert.Null((await Store.GetRunAsync(run.Id, Cancel)).Owner);
        RunRecord?[] claims = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? Store : other).ClaimRunAsync(run.Id, EngineId.New(), null, Cancel)));
        Assert.Equal(2, Assert.Single(claims, claim => claim is not null)!.FencingToken);
    }

    [Fact]
    public async Task GivenEndedRun_WhenClaimed_ThenNobodyGetsIt()
    {
        RunRecord run = await CreateRunAsync();
        await EndAsync(run);
        Assert.Null(await Store.ClaimRunAsync(run.Id, first, null, Cancel));
    }

    [Fact]
    public async Task GivenSlots_WhenAllAreTaken_ThenTheNextRunWaitsUntilOneIsGivenBackOrItsRunEnds()
    {
        RunRecord[] runs = [await CreateRunAsync(), await CreateRunAsync(), await CreateRunAsync(), await CreateRunAsync()];
        Assert.True(await TakeAsync(0));
        Assert.True(await TakeAsync(1));
        Assert.False(await TakeAsync(2));
        Assert.True(await TakeAsync(1));
        Assert.True(await TakeAsync(2, "elsewhere"));
        await Store.ReleaseSlotAsync(runs[0].Id, 1, Cancel);
        await Store.ReleaseSlotAsync(runs[0].Id, 1, Cancel);
        Assert.True(await TakeAsync(3));
        Assert.False(await TakeAsync(0));
        await EndAsync(runs[1]);
        Assert.True(await TakeAsync(0));
        await FailsAsync(EngineError.InvalidRunState, () => TakeAsync(1));
        await FailsAsync(EngineError.FencedOut, () => Store.ReleaseSlotAsync(runs[0].Id, 0, Cancel));

        Task<bool> TakeAsync(int run, string machine = "here") => Store.TryTakeSlotAsync(runs[run].Id, 1, machine, 2, Sample.Now, Cancel);
    }

    [Fact]
    public async Task GivenSlotOfADeadOwner_WhenCounted_ThenItCountsUntilItsNewOwnerEndsTheRun()
    {
        RunRecord dead = await CreateRunAsync(first);
        Assert.True(await Store.TryTakeSlotAsync(dead.Id, 1, "here", 1, Sample.Now, Cancel));
        await StartAsync(dead);
        RunRecord waiting = await CreateRunAsync(second);
        Assert.False(await Store.TryTakeSlotAsync(waiting.Id, 1, "here", 1, Sample.Now, Cancel));
        RunRecord claimed = (await Store.ClaimRunAsync(dead.Id, second, first, Cancel))!;
        Assert.True(await Store.TryTakeSlotAsync(dead.Id, claimed.FencingToken, "here", 1, Sample.Now, Cancel));
        Assert.False(await Store.TryTakeSlotAsync(waiting.Id, 1, "here", 1, Sample.Now, Cancel));
        await EndAsync(claimed, RunStatus.Failed);
        Assert.True(await Store.TryTakeSlotAsync(waiting.Id, 1, "here", 1, Sample.Now, Cancel));
    }

    [Fact]
    public async Task GivenManyRuns_WhenTheyTakeSlotsAtOnce_ThenNoMoreThanThereAre()
    {
        IStore other = await Factory.OpenAsync();
        RunRecord[] runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CreateRunAsync()));
        bool[] taken = await Task.WhenAll(runs.Select((run, i) => (i % 2 == 0 ? Store : other).TryTakeSlotAsync(run.Id, 1, "here", 5, Sample.Now, Cancel)));
        Assert.Equal(5, taken.Count(one => one));
    }

    [Fact]
    public async Task GivenCancelRequests_WhenRead_ThenTheOwnerSeesThemUntilTheRunEnds()
    {
        RunRecord run = await CreateRunAsync(first);
        RunRecord others = await CreateRunAsync(second);
        await Store.RequestCancelAsync(run.Id, "ada", "wrong one", Sample.Now, Cancel);
        await Store.RequestCancelAsync(run.Id, "bob", "", Sample.Now, Cancel);
        await Store.RequestCancelAsync(others.Id, "eve", "", Sample.Now, Cancel);
        IReadOnlyList<CancelRequest> requests = await Store.GetCancelRequestsAsync(first, Cancel);
        Assert.Equal([(run.Id, "ada", "wrong one"), (run.Id, "bob", "")], requests.Select(request => (request.Run, request.By, request.Reason)));
        Assert.True(requests[0].Id < requests[1].Id);
        await Store.ClaimRunAsync(run.Id, second, first, Cancel);
        Assert.Empty(await Store.GetCancelRequestsAsync(first, Cancel));
        Assert.Equal(["ada", "bob", "eve"], (await Store.GetCancelRequestsAsync(second, Cancel)).Select(request => request.By));
        await EndAsync(others);
        await Store.RequestCancelAsync(others.Id, "late", "", Sample.Now, Cancel);
        Assert.Equal(2, (await Store.GetCancelRequestsAsync(second, Cancel)).Count);
        await FailsAsync(EngineError.RunNotFound, () => Store.RequestCancelAsync(new(99), "ada", "", Sample.Now, Cancel));
    }

    [Fact]
    public async Task GivenCleanup_WhenItGrowsBeforeItIsCleared_ThenWhatWasAddedStays()
    {
        RunRecord run = await CreateRunAsync();
        WorkerRecord worker = await AddWorkerAsync("w");
        await Store.CommitAsync(new(run.Id, 1) { Cleanups = [new(worker.Id, run.Id, ["t1"])] }, Cancel);
        PendingCleanup seen = Assert.Single(await Store.GetPendingCleanupsAsync(Cancel));
        await Store.AddPendingCleanupAsync(new(worker.Id, run.Id, ["t2"]), Cancel);
        await Store.ClearPendingCleanupAsync(seen, Cancel);
        PendingCleanup rest = Assert.Single(await Store.GetPendingCleanupsAsync(Cancel));
        Assert.Equal(["t2"], rest.Tickets);
        await Store.ClearPendingCleanupAsync(rest, Cancel);
        await Store.ClearPendingCleanupAsync(rest, Cancel);
        Assert.Empty(await Store.GetPendingCleanupsAsync(Cancel));
    }

    [Fact]
    public async Task GivenWorkerThatWasRemovedMeanwhile_WhenARunEndsThatUsedIt_ThenNothingIsToBeCleanedThere()
    {
        RunRecord run = await CreateRunAsync();
        WorkerRecord worker = await AddWorkerAsync("w");
        await Store.RemoveWorkerAsync("w", Cancel);
        await Store.CommitAsync(
            new(run.Id, 1) { Cleanups = [new(worker.Id, run.Id, ["t1"]), new(WorkerRecord.BuiltInId, run.Id, ["t1"])] }, Cancel);
        Assert.Equal(WorkerRecord.BuiltInId, Assert.Single(await Store.GetPendingCleanupsAsync(Cancel)).Worker);
    }

    [Fact]
    public async Task GivenCleanups_WhenClearedOrTheirWorkerGoes_ThenTheyAreForgotten()
    {
        WorkerRecord[] workers = [await AddWorkerAsync("one"), await AddWorkerAsync("two")];
        RunRecord run = await CreateRunAsync();
        await Store.CommitAsync(new(run.Id, 1) { Cleanups = [new(workers[1].Id, run.Id, ["t1", "t2"]), new(workers[0].Id, run.Id, [])] }, Cancel);
        await Store.CommitAsync(new(run.Id, 1) { Cleanups = [new(workers[1].Id, run.Id, ["t2", "t3"])] }, Cancel);
        IReadOnlyList<PendingCleanup> cleanups = await Store.GetPendingCleanupsAsync(Cancel);
        Assert.Equal(workers.Select(worker => worker.Id), cleanups.Select(cleanup => cleanup.Worker));
        Assert.Empty(cleanups[0].Tickets);
        Assert.Equal(["t1", "t2", "t3"], cleanups[1].Tickets);
        await Store.ClearPendingCleanupAsync(cleanups[0], Cancel);
        Assert.Equal(workers[1].Id, Assert.Single(await Store.GetPendingCleanupsAsync(Cancel)).Worker);
        await Store.RemoveWorkerAsync("two", Cancel);
        Assert.Empty(await Store.GetPendingCleanupsAsync(Cancel));
    }
}
