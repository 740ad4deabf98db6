using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class RunContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    [Fact]
    public async Task GivenRequest_WhenCreated_ThenTheRunIsQueuedWithTokenOne()
    {
        EngineId owner = EngineId.New();
        RunRecord created = await CreateRunAsync(owner);
        RunRecord read = await Store.GetRunAsync(created.Id, Cancel);
        Assert.Equal((RunStatus.Queued, 1L, (EngineId?)owner), (read.Status, read.FencingToken, read.Owner));
        Assert.Equal(Sample.Now, read.Created);
        Assert.Null(read.Started);
        Assert.Null(read.Ended);
        Assert.Equal(("Backup", "Production", "ada"), (read.Request.Snapshot.Name, read.Request.Environment.Name, read.Request.CreatedBy));
        await FailsAsync(EngineError.RunNotFound, () => Store.GetRunAsync(new(99), Cancel));
    }

    [Fact]
    public async Task GivenToken_WhenCreatedTwiceAtOnce_ThenItIsOneRun()
    {
        IStore other = await Factory.OpenAsync();
        RunRequest request = await RequestAsync() with { Token = "same" };
        RunRecord[] runs = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? Store : other).CreateRunAsync(request, null, Sample.Now, Cancel)));
        Assert.Single(runs.Select(run => run.Id).Distinct());
        Assert.Single(await Store.GetRunsAsync(new(), Cancel));
        Assert.NotEqual((await CreateRunAsync()).Id, (await CreateRunAsync()).Id);
    }

    [Fact]
    public async Task GivenRun_WhenEventsAreCommitted_ThenJournalAndStateFollow()
    {
        RunRecord run = await CreateRunAsync();
        RunEvent[] events =
        [
            new RunStarted { At = Sample.Now.AddSeconds(1) },
            new CancelRequested("ada", "") { At = Sample.Now.AddSeconds(2) },
            new RunEnded(RunStatus.Failed, "it broke") { At = Sample.Now.AddSeconds(3) },
        ];
        await CommitAsync(run, events[0]);
        Assert.Equal(RunStatus.Executing, (await Store.GetRunAsync(run.Id, Cancel)).Status);
        await CommitAsync(run, events[1], events[2]);
        RunRecord ended = await Store.GetRunAsync(run.Id, Cancel);
        Assert.Equal((RunStatus.Failed, "it broke"), (ended.Status, ended.Error));
        Assert.Equal((Sample.Now.AddSeconds(1), Sample.Now.AddSeconds(3)), (ended.Started, ended.Ended));
        Assert.Equal(events, await Store.GetEventsAsync(run.Id, Cancel));
        Assert.Empty(await Store.GetUnfinishedRunsAsync(Cancel));
        Assert.Empty(await Store.CheckAsync(Cancel));
    }

    [Fact]
    public async Task GivenIllegalMove_WhenCommitted_ThenNothingIsStored()
    {
        RunRecord run = await CreateRunAsync();
        await FailsAsync(
            EngineError.InvalidTransition,
            () => CommitAsync(run, new TakenOver("pid 1") { At = Sample.Now }, new RunEnded(RunStatus.Success, null) { At = Sample.Now }));
        Assert.Empty(await Store.GetEventsAsync(run.Id, Cancel));
        Assert.Equal(RunStatus.Queued, (await Store.GetRunAsync(run.Id, Cancel)).Status);
    }

    [Fact]
    public async Task GivenOldFencingToken_WhenCommitted_ThenNothingIsStored()
    {
        RunRecord run = await CreateRunAsync();
        await Store.ClaimRunAsync(run.Id, EngineId.New(), null, Cancel);
        JournalCommit commit = new(run.Id, run.FencingToken)
        {
            Events = [new RunStarted { At = Sample.Now }],
            Log = [Sample.Chunk(1, "x\n")],
            Cleanups = [new(new(1), run.Id, [])],
            Children = [run.Request],
        };
        await FailsAsync(EngineError.FencedOut, () => Store.CommitAsync(commit, Cancel));
        await FailsAsync(EngineError.FencedOut, () => Store.TryTakeSlotAsync(run.Id, run.FencingToken, "m", 1, Sample.Now, Cancel));
        await FailsAsync(EngineError.FencedOut, () => Store.PlanAsync(run.Id, run.FencingToken, _ => [], Cancel));
        await Store.SetWaitsAsync(run.Id, run.FencingToken, WaitKind.Lock, [Sample.Wait("x")], Cancel);
        Assert.Empty(await Store.GetEventsAsync(run.Id, Cancel));
        Assert.Empty(await Store.GetLogAsync(run.Id, 0, null, 1000, Cancel));
        Assert.Empty(await Store.GetPendingCleanupsAsync(Cancel));
        Assert.Single(await Store.GetRunsAsync(new(), Cancel));
        Assert.Null((await Store.GetRunAsync(run.Id, Cancel)).WaitingFor);
        await FailsAsync(EngineError.RunNotFound, () => Store.CommitAsync(new(new(99), 1), Cancel));
    }

    [Fact]
    public async Task GivenChildren_WhenCommitted_ThenTheEventsNameThemInOrder()
    {
        RunRecord run = await CreateRunAsync();
        EngineId owner = EngineId.New();
        RunRequest child = await RequestAsync("Child");
        JournalCommit commit = new(run.Id, run.FencingToken)
        {
            Events = [new ChildRunCreated(2, default, true) { At = Sample.Now }, new ChildRunCreated(3, default, false) { At = Sample.Now }],
            Children = [child with { Parent = run.Id, ParentStep = 2, ParentWaits = true, Depth = 1 }, child with { Parent = run.Id, ParentStep = 3 }],
            ChildOwner = owner,
            At = Sample.Now,
        };
        IReadOnlyList<RunRecord> children = await Store.CommitAsync(commit, Cancel);
        Assert.Equal([2, 3], children.Select(created => created.Request.ParentStep!.Value));
        Assert.All(children, created => Assert.Equal((EngineId?)owner, created.Owner));
        Assert.Equal(
            children.Select(created => created.Id), (await Store.GetEventsAsync(run.Id, Cancel)).Cast<ChildRunCreated>().Select(created => created.Child));
        Assert.Equal(children.Select(created => created.Id).Reverse(), (await Store.GetRunsAsync(new() { Parent = run.Id }, Cancel)).Select(found => found.Id));
    }

    [Fact]
    public async Task GivenRuns_WhenListed_ThenFiltersAndPagesHold()
    {
        RunRecord[] runs = [await CreateRunAsync(), await CreateRunAsync(runbook: "Restore"), await CreateRunAsync(), await CreateRunAsync()];
        await StartAsync(runs[2]);
        await EndAsync(runs[3]);
        Assert.Equal([3, 2, 1, 0], await ListAsync(new()));
        Assert.Equal([1], await ListAsync(new() { Runbook = "RESTORE" }));
        Assert.Empty(await ListAsync(new() { Environment = "Test" }));
        Assert.Equal([3, 2, 1, 0], await ListAsync(new() { Environment = "production" }));
        Assert.Equal([3, 2], await ListAsync(new() { Statuses = [RunStatus.Canceled, RunStatus.Executing] }));
        Assert.Equal([1, 0], await ListAsync(new() { Before = runs[2].Id }));
        Assert.Equal([3, 2], await ListAsync(new() { Limit = 2 }));
        Assert.Equal([0], await ListAsync(new() { Runbook = "backup", Statuses = [RunStatus.Queued], Environment = "PRODUCTION", Limit = 5 }));
        RunSummary last = (await Store.GetRunsAsync(new() { Limit = 1 }, Cancel))[0];
        Assert.Equal(
            new RunSummary(runs[3].Id, "Backup", "Production", RunStatus.Canceled, Sample.Now, null, Sample.Now, "ada", null, null), last);
        Assert.Equal(runs[..3].Select(run => run.Id), (await Store.GetUnfinishedRunsAsync(Cancel)).Select(run => run.Id));

        async Task<IEnumerable<int>> ListAsync(RunFilter filter)
            => (await Store.GetRunsAsync(filter, Cancel)).Select(found => Array.FindIndex(runs, run => run.Id == found.Id));
    }

    [Fact]
    public async Task GivenWaitingRun_WhenItStarts_ThenItNoLongerWaits()
    {
        RunRecord run = await CreateRunAsync();
        await Store.SetWaitsAsync(run.Id, 1, WaitKind.Lock, [Sample.Wait("a lock of w")], Cancel);
        Assert.Equal("a lock of w", (await Store.GetRunsAsync(new(), Cancel))[0].WaitingFor);
        await StartAsync(run);
        Assert.Null((await Store.GetRunAsync(run.Id, Cancel)).WaitingFor);
        await Store.SetWaitsAsync(run.Id, 1, WaitKind.Person, [Sample.Wait("ada", WaitKind.Person)], Cancel);
        await Store.SetWaitsAsync(run.Id, 1, WaitKind.Lock, [Sample.Wait("a lock", WaitKind.Lock)], Cancel);
        Assert.Equal([Sample.Wait("ada", WaitKind.Person), Sample.Wait("a lock")], (await Store.GetRunAsync(run.Id, Cancel)).Waits);
        await Store.SetWaitsAsync(run.Id, 1, WaitKind.Person, [], Cancel);
        Assert.Equal("a lock", (await Store.GetRunAsync(run.Id, Cancel)).WaitingFor);
        await Store.SetWaitsAsync(run.Id, 1, WaitKind.Lock, [], Cancel);
        Assert.Null((await Store.GetRunAsync(run.Id, Cancel)).WaitingFor);
    }

    [Fact]
    public async Task GivenEndedRun_WhenRemoved_ThenNothingOfItIsLeftButWhatIsOnWorkers()
    {
        RunRecord run = await StartAsync(await CreateRunAsync(token: "t"));
        await Store.CommitAsync(new(run.Id, 1) { Log = [Sample.Chunk(1, "x\n")], Cleanups = [new(new(0), run.Id, [])] }, Cancel);
        await FailsAsync(EngineError.InvalidRunState, () => Store.RemoveRunAsync(run.Id, Cancel));
        await EndAsync(run, RunStatus.Success);
        await Store.RemoveRunAsync(run.Id, Cancel);
        await FailsAsync(EngineError.RunNotFound, () => Store.GetRunAsync(run.Id, Cancel));
        await FailsAsync(EngineError.RunNotFound, () => Store.RemoveRunAsync(run.Id, Cancel));
        Assert.Empty(await Store.GetEventsAsync(run.Id, Cancel));
        Assert.Empty(await Store.GetLogAsync(run.Id, 0, null, 1000, Cancel));
        Assert.Single(await Store.GetPendingCleanupsAsync(Cancel));
        Assert.True((await CreateRunAsync(token: "t")).Id > run.Id);
        Assert.Empty(await Store.CheckAsync(Cancel));
    }

    [Fact]
    public async Task GivenCanceledToken_WhenCalled_ThenNothingHappens()
    {
        RunRequest request = await RequestAsync();
        CancellationToken canceled = new(true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CreateRunAsync(request, null, Sample.Now, canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetRunsAsync(new(), canceled));
        Assert.Empty(await Store.GetRunsAsync(new(), Cancel));
    }
}
