using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Queue;

namespace OctoWorkers.Storage.Tests.Contract;

/// <summary>Who of the runs of several processes may begin next.</summary>
public abstract class QueueContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private readonly EngineId first = EngineId.New();
    private readonly EngineId second = EngineId.New();

    [Fact]
    public async Task GivenRunsOfTwoProcesses_WhenASlotIsFree_ThenItGoesByTopThenPriorityThenFirstCome()
    {
        using IDisposable one = Store.Register(first);
        IStore other = await Factory.OpenAsync();
        using IDisposable two = other.Register(second);
        RunRecord[] runs = await LineUpAsync(first, second, first, second, first);
        await Store.SetPriorityAsync(runs[0].Id, RunPriority.Low, Cancel);
        await other.SetPriorityAsync(runs[3].Id, RunPriority.High, Cancel);
        await Store.MoveToTopAsync(runs[4].Id, Cancel);
        await Store.MoveToTopAsync(runs[1].Id, Cancel);
        int[] order = [1, 4, 3, 2, 0];
        Assert.Equal(order.Select(index => runs[index].Id), (await Store.GetRunsAsync(new() { InQueueOrder = true }, Cancel)).Select(run => run.Id));
        foreach (int next in order)
        {
            EngineId owner = runs[next].Owner!.Value;
            EngineId not = owner == first ? second : first;
            Assert.Null(await Store.TakeNextSlotAsync(not, "here", 1, Cancel));
            Assert.Equal(runs[next].Id, await other.TakeNextSlotAsync(owner, "here", 1, Cancel));
            Assert.Null(await Store.TakeNextSlotAsync(owner, "here", 1, Cancel));
            await EndAsync(runs[next]);
        }
    }

    [Fact]
    public async Task GivenAProcessThatDiedAtTheHead_WhenASlotIsFree_ThenTheNextOneGetsIt()
    {
        using IDisposable two = Store.Register(second);
        RunRecord[] runs;
        using (Store.Register(first))
        {
            runs = await LineUpAsync(first, second);
            Assert.Null(await Store.TakeNextSlotAsync(second, "here", 1, Cancel));
        }

        Assert.Equal(runs[1].Id, await Store.TakeNextSlotAsync(second, "here", 1, Cancel));
    }

    [Fact]
    public async Task GivenAProcessThatDiedBeforeItsRunBegan_WhenASlotIsAskedFor_ThenItsSlotIsNotCounted()
    {
        using IDisposable two = Store.Register(second);
        RunRecord[] runs;
        using (Store.Register(first))
        {
            runs = await LineUpAsync(first, second);
            Assert.Equal(runs[0].Id, await Store.TakeNextSlotAsync(first, "here", 1, Cancel));
            Assert.Null(await Store.TakeNextSlotAsync(second, "here", 1, Cancel));
        }

        Assert.Equal(runs[1].Id, await Store.TakeNextSlotAsync(second, "here", 1, Cancel));
    }

    [Fact]
    public async Task GivenATagInUse_WhenSlotsAreFree_ThenRunsWithItArePassedOverUntilItsRunEnds()
    {
        using IDisposable one = Store.Register(first);
        RunRecord[] runs = [await EnterAsync(first, "db"), await EnterAsync(first, "DB"), await EnterAsync(first, null), await EnterAsync(first, "db")];
        Assert.Equal(runs[0].Id, await NextAsync());
        await StartAsync(runs[0]);
        await Store.ReleaseSlotAsync(runs[0].Id, 1, Cancel);
        Assert.Equal(runs[2].Id, await NextAsync());
        Assert.Null(await NextAsync());
        Wait wait = Assert.Single((await Store.GetRunAsync(runs[1].Id, Cancel)).Waits);
        Assert.Equal((WaitKind.ConcurrencyTag, Sample.Now), (wait.Kind, wait.Since));
        Assert.Equal(runs[0].Id, Assert.Single(wait.Holders).Run);
        Assert.Equal(wait, Assert.Single(await Store.GetOutlookAsync("here", "dB", Sample.Now, Cancel)) with { What = wait.What });
        await EndAsync(runs[0], RunStatus.Failed);
        Assert.Equal(runs[1].Id, await NextAsync());
        Assert.Null(await NextAsync());

        Task<RunId?> NextAsync() => Store.TakeNextSlotAsync(first, "here", 4, Cancel);
    }

    [Fact]
    public async Task GivenAPausedQueue_WhenSlotsAreFree_ThenOnlyARunThatHasBegunGetsOne()
    {
        using IDisposable one = Store.Register(first);
        RunRecord begun = await StartAsync(await CreateRunAsync(first));
        RunRecord queued = await EnterAsync(first, null);
        Assert.False(await Store.ResumeQueueAsync(Cancel));
        await Store.PauseQueueAsync(new("ada", "moving", Sample.Now), Cancel);
        await Store.PauseQueueAsync(new("bob", "", Sample.Now.AddHours(1)), Cancel);
        QueuePause pause = (await Store.GetQueuePauseAsync(Cancel))!;
        Assert.Equal(new QueuePause("ada", "moving", Sample.Now), pause);
        await Store.PauseQueueAsync(new("bob", "moving more", Sample.Now.AddHours(1)), Cancel);
        Assert.Equal(new QueuePause("bob", "moving more", Sample.Now), await Store.GetQueuePauseAsync(Cancel));
        Assert.Null(await Store.TakeNextSlotAsync(first, "here", 2, Cancel));
        Assert.False(await Store.TryTakeSlotAsync(queued.Id, 1, "here", 2, Sample.Now, Cancel));
        Assert.True(await Store.TryTakeSlotAsync(begun.Id, 1, "here", 2, Sample.Now, Cancel));
        Assert.Equal(WaitKind.QueuePaused, Assert.Single((await Store.GetRunsAsync(new() { InQueueOrder = true }, Cancel))[0].Waits).Kind);
        Assert.True(await Store.ResumeQueueAsync(Cancel));
        Assert.Null(await Store.GetQueuePauseAsync(Cancel));
        Assert.Equal(queued.Id, await Store.TakeNextSlotAsync(first, "here", 2, Cancel));
    }

    [Fact]
    public async Task GivenRunsThatWouldWaitForEachOther_WhenTheLastEntersTheLine_ThenItFailsAndNamesTheCircle()
    {
        RunRecord[] parents = [await TaggedAsync("a"), await TaggedAsync("b")];
        foreach (RunRecord parent in parents)
        {
            await StartAsync(parent);
        }

        RunRecord[] children = [await TaggedAsync("b", parents[0].Id), await TaggedAsync("a", parents[1].Id)];
        await Store.EnterQueueAsync((await TaggedAsync("a")).Id, 1, "here", Sample.Now, Cancel);
        OctoWorkersException refused = await FailsAsync(EngineError.WaitCycle, () => Store.EnterQueueAsync(children[1].Id, 1, "here", Sample.Now, Cancel));
        Assert.Contains($"{children[1].Id} waits for {parents[0].Id}, which carries the same concurrency tag 'a'", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{parents[0].Id} waits for {children[0].Id}, which it started", refused.Message, StringComparison.Ordinal);
        await EndAsync(children[1]);
        await Store.EnterQueueAsync(children[0].Id, 1, "here", Sample.Now, Cancel);
        RunRecord own = await TaggedAsync("A", parents[0].Id);
        await FailsAsync(EngineError.WaitCycle, () => Store.TryTakeSlotAsync(own.Id, 1, "here", 9, Sample.Now, Cancel));
        Assert.True(await Store.TryTakeSlotAsync(parents[0].Id, 1, "here", 9, Sample.Now, Cancel));
    }

    [Fact]
    public async Task GivenRunThatIsNotInTheQueue_WhenMoved_ThenItSaysSo()
    {
        RunRecord run = await StartAsync(await CreateRunAsync());
        await FailsAsync(EngineError.InvalidRunState, () => Store.MoveToTopAsync(run.Id, Cancel));
        await FailsAsync(EngineError.InvalidRunState, () => Store.SetPriorityAsync(run.Id, RunPriority.High, Cancel));
        await FailsAsync(EngineError.RunNotFound, () => Store.MoveToTopAsync(new(99), Cancel));
        await FailsAsync(EngineError.RunNotFound, () => Store.SetPriorityAsync(new(99), RunPriority.Low, Cancel));
    }

    [Fact]
    public async Task GivenQueuedRun_WhenReadAgain_ThenItsPlaceInTheQueueIsKnown()
    {
        RunRequest request = await RequestAsync() with { Priority = RunPriority.High, ConcurrencyTag = "db", QueueExpiry = TimeSpan.FromMinutes(5) };
        RunRecord run = await Store.CreateRunAsync(request, null, Sample.Now, Cancel);
        RunSummary listed = Assert.Single(await Store.GetRunsAsync(new() { InQueueOrder = true }, Cancel));
        Assert.Equal((RunPriority.High, "db", Sample.Now.AddMinutes(5)), (listed.Priority, listed.ConcurrencyTag, listed.QueueExpires!.Value));
        RunRequest read = (await Store.GetRunAsync(run.Id, Cancel)).Request;
        Assert.Equal((RunPriority.High, "db", TimeSpan.FromMinutes(5)), (read.Priority, read.ConcurrencyTag, read.QueueExpiry!.Value));
        await Store.SetPriorityAsync(run.Id, RunPriority.Low, Cancel);
        Assert.Equal(RunPriority.Low, (await Store.GetRunAsync(run.Id, Cancel)).Priority);
        await StartAsync(run);
        Assert.Empty(await Store.GetRunsAsync(new() { InQueueOrder = true }, Cancel));
    }

    [Fact]
    public async Task GivenAwaitedChild_WhenItsParentIsRead_ThenItWaitsForTheChildUntilThatEnds()
    {
        RunRecord parent = await StartAsync(await CreateRunAsync());
        RunRecord child = await TaggedAsync(null, parent.Id);
        Wait wait = Assert.Single((await Store.GetRunAsync(parent.Id, Cancel)).Waits);
        Assert.Equal((WaitKind.ChildRun, child.Id), (wait.Kind, Assert.Single(wait.Holders).Run!.Value));
        await EndAsync(child);
        Assert.Empty((await Store.GetRunAsync(parent.Id, Cancel)).Waits);
    }

    [Fact]
    public async Task GivenRetry_WhenItIsDueLater_ThenTheRunWaitsForItUntilTheAttemptBegins()
    {
        RunRecord run = await StartAsync(await CreateRunAsync());
        await CommitAsync(run, new RetryScheduled(1, 2, Sample.Now.AddMinutes(1)) { At = Sample.Now });
        Wait wait = Assert.Single((await Store.GetRunAsync(run.Id, Cancel)).Waits);
        Assert.Equal((WaitKind.Retry, 1, Sample.Now), (wait.Kind, wait.Step!.Value, wait.Since));
        await CommitAsync(run, new AttemptIntended(1, 2, null, null) { At = Sample.Now });
        Assert.Empty((await Store.GetRunAsync(run.Id, Cancel)).Waits);
    }

    [Fact]
    public async Task GivenADrainWithADeadline_WhenItPasses_ThenEachRunThereIsAskedOnceToBeCanceled()
    {
        await AddWorkerAsync("w");
        RunRecord run = await CreateRunAsync(first);
        await Store.PlanAsync(run.Id, 1, facts => [Sample.Planned(Sample.Draw(facts, WorkerPoolDefinition.DefaultName, "k"))], Cancel);
        WorkerRecord draining = await Store.DrainWorkerAsync("W", new(Sample.Now, true, "ada"), Cancel);
        Assert.Equal((WorkerState.Draining, new WorkerDrain(Sample.Now, true, "ada")), (draining.State, draining.Drain));
        Assert.Empty(await Store.EndDrainsAsync(Sample.Now.AddTicks(-1), Cancel));
        DrainEnd end = Assert.Single(await Store.EndDrainsAsync(Sample.Now, Cancel));
        Assert.Equal(("w", run.Id), (end.Worker, Assert.Single(end.Runs)));
        Assert.Empty(await Store.EndDrainsAsync(Sample.Now, Cancel));
        CancelRequest request = Assert.Single(await Store.GetCancelRequestsAsync(first, Cancel));
        Assert.Equal(("ada", "worker 'w' was drained, and its deadline has passed"), (request.By, request.Reason));
        Assert.Null((await Store.SetWorkerStateAsync("w", WorkerState.Enabled, Cancel)).Drain);
        Assert.Null((await Store.DrainWorkerAsync("w", null, Cancel)).Drain);
        await FailsAsync(EngineError.WorkerNotFound, () => Store.DrainWorkerAsync("x", null, Cancel));
    }

    [Fact]
    public async Task GivenAProcessTakenForDeadWithASlot_WhenAnotherRunOfItsTagHasBegun_ThenItsRunDoesNotBeginBesideThat()
    {
        using IDisposable two = Store.Register(second);
        RunRecord slow = await EnterAsync(first, "db");
        RunRecord quick = await EnterAsync(second, "DB");
        Assert.Equal(slow.Id, await Store.TakeNextSlotAsync(first, "here", 2, Cancel));
        Assert.Equal(quick.Id, await Store.TakeNextSlotAsync(second, "here", 2, Cancel));
        await Store.PlanAsync(quick.Id, 1, _ => [new RunStarted { At = Sample.Now }], Cancel);
        await FailsAsync(EngineError.InUse, () => Store.PlanAsync(slow.Id, 1, _ => [new RunStarted { At = Sample.Now }], Cancel));
        Assert.Equal(RunStatus.Queued, (await Store.GetRunAsync(slow.Id, Cancel)).Status);
        await EndAsync(quick, RunStatus.Failed);
        await Store.PlanAsync(slow.Id, 1, _ => [new RunStarted { At = Sample.Now }], Cancel);
    }

    private async Task<RunRecord[]> LineUpAsync(params EngineId[] owners)
    {
        List<RunRecord> runs = [];
        foreach (EngineId owner in owners)
        {
            runs.Add(await EnterAsync(owner, null));
        }

        return [.. runs];
    }

    private async Task<RunRecord> EnterAsync(EngineId owner, string? tag)
    {
        RunRecord run = await Store.CreateRunAsync(await RequestAsync() with { ConcurrencyTag = tag }, owner, Sample.Now, Cancel);
        await Store.EnterQueueAsync(run.Id, 1, "here", Sample.Now, Cancel);
        return run;
    }

    private async Task<RunRecord> TaggedAsync(string? tag, RunId? parent = null)
        => await Store.CreateRunAsync(
            await RequestAsync() with { ConcurrencyTag = tag, Parent = parent, ParentWaits = parent is not null }, null, Sample.Now, Cancel);
}
