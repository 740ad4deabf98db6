using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Queue;

namespace OctoWorkers.Storage.Tests.Contract;

/// <summary>How many steps run at once on a worker, and of a pool.</summary>
public abstract class PlaceContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private readonly EngineId first = EngineId.New();
    private readonly EngineId second = EngineId.New();
    private WorkerRecord worker = null!;
    private WorkerPoolRecord pool = null!;

    [Fact]
    public async Task GivenNoCap_WhenPlacesAreAskedFor_ThenAllAreGivenAndNothingIsStored()
    {
        await CapAsync(onWorker: null, inPool: null);
        RunRecord run = await CreateRunAsync(first);
        Assert.All(await Task.WhenAll(Enumerable.Range(1, 5).Select(step => TakeAsync(run, step))), Assert.True);
        Assert.Empty((await Store.GetRunAsync(run.Id, Cancel)).Waits);
    }

    [Fact]
    public async Task GivenARunThatHasEnded_WhenItsStepStillAsks_ThenItIsRefusedAndInNobodysWay()
    {
        using IDisposable one = Store.Register(first);
        await CapAsync(1, null);
        RunRecord ended = await CreateRunAsync(first);
        await EndAsync(ended);
        await FailsAsync(EngineError.InvalidRunState, () => TakeAsync(ended, 1));
        Assert.True(await TakeAsync(await CreateRunAsync(first), 1));
    }

    [Fact]
    public async Task GivenARunThatWaitsForAPerson_WhenItsStepStillAsks_ThenItIsRefusedAndInNobodysWayUntilThePersonHasAnswered()
    {
        using IDisposable one = Store.Register(first);
        await CapAsync(1, null);
        RunRecord waiting = await StartAsync(await CreateRunAsync(first));
        await CommitAsync(waiting, new InterruptionRaised(1, 1, "Say", InterruptionKind.Manual, "?", [], [InterruptionAnswer.Proceed]) { At = Sample.Now });
        Assert.False(await TakeAsync(waiting, 1));
        RunRecord other = await StartAsync(await CreateRunAsync(first));
        Assert.True(await TakeAsync(other, 1));
        await EndAsync(other, RunStatus.Failed);
        await CommitAsync(waiting, new InterruptionAnswered(1, InterruptionAnswer.Proceed, new("ada", "Ada"), "") { At = Sample.Now });
        Assert.True(await TakeAsync(waiting, 1));
    }

    [Fact]
    public async Task GivenPartOfAStep_WhenItWaitsForAPlace_ThenTheStepAndTheTargetAreToldAndNotThePartsNumber()
    {
        using IDisposable one = Store.Register(first);
        await CapAsync(1, null);
        await Store.PutEnvironmentAsync(new("Test"), true, Cancel);
        DeploymentTargetRecord target = await Store.PutTargetAsync(new("web-1", new LocalConnection(), ["Test"], ["web"]), true, Cancel);
        RunRecord holder = await StartAsync(await CreateRunAsync(first));
        RunRecord waiting = await CreateRunAsync(first);
        PlannedStep step = new(1, "a", null, null, "", null, null, null) { Targets = [new(7, target.Id, target.Name, target.Tags)] };
        await Store.PlanAsync(waiting.Id, waiting.FencingToken, _ => [new RunPlanned(new([step], [])) { At = Sample.Now }, new RunStarted { At = Sample.Now }], Cancel);
        Assert.True(await TakeAsync(holder, 1));
        Assert.False(await TakeAsync(waiting, 7));
        Wait wait = Assert.Single((await Store.GetRunAsync(waiting.Id, Cancel)).Waits);
        Assert.Equal((1, 7), (wait.Step, wait.Part));
        Assert.Equal("a place on worker 'w' for 'web-1' (1 of 1 are taken)", wait.What);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(null, 2)]
    [InlineData(3, 2)]
    public async Task GivenACap_WhenItIsReached_ThenTheNextWaitsUntilAnAttemptEnds(int? onWorker, int? inPool)
    {
        using IDisposable one = Store.Register(first);
        await CapAsync(onWorker, inPool);
        RunRecord[] runs = [await StartAsync(await CreateRunAsync(first)), await StartAsync(await CreateRunAsync(first)), await StartAsync(await CreateRunAsync(first))];
        Assert.True(await TakeAsync(runs[0], 1));
        Assert.True(await TakeAsync(runs[0], 1));
        await BeginAsync(runs[0], 1);
        await BeginAsync(runs[1], 1);
        Assert.False(await TakeAsync(runs[2], 1));
        Wait wait = Assert.Single((await Store.GetRunAsync(runs[2].Id, Cancel)).Waits);
        Assert.Equal((WaitKind.Place, 1), (wait.Kind, wait.Step!.Value));
        Assert.Equal([runs[0].Id, runs[1].Id], wait.Holders.Select(holder => holder.Run!.Value));
        Assert.Contains(inPool is null ? "worker 'w' (2 of 2 are taken)" : "pool 'P' (2 of 2 are taken)", wait.What, StringComparison.Ordinal);
        await CommitAsync(runs[1], new AttemptEnded(1, 1, AttemptOutcome.Succeeded, 0, null, null) { At = Sample.Now });
        Assert.True(await TakeAsync(runs[2], 1));
        Assert.Empty((await Store.GetRunAsync(runs[2].Id, Cancel)).Waits);
        await EndAsync(runs[0], RunStatus.Failed);
        Assert.True(await TakeAsync(runs[1], 2));
        Assert.False(await TakeAsync(runs[1], 3));
    }

    [Fact]
    public async Task GivenARunWithManySteps_WhenAnotherRunAsksLater_ThenTheOtherComesBeforeItsSecondStep()
    {
        using IDisposable one = Store.Register(first);
        IStore other = await Factory.OpenAsync();
        using IDisposable two = other.Register(second);
        await CapAsync(2, null);
        RunRecord wide = await CreateRunAsync(first);
        RunRecord narrow = await CreateRunAsync(second);
        Assert.True(await TakeAsync(wide, 1));
        Assert.True(await TakeAsync(wide, 2));
        Assert.False(await TakeAsync(wide, 3));
        Assert.False(await TakeAsync(wide, 4));
        Assert.False(await TakeAsync(narrow, 1));
        await Store.GiveUpPlaceAsync(Request(wide, 1), Cancel);
        Assert.False(await TakeAsync(wide, 3));
        Assert.True(await other.TryTakePlaceAsync(Request(narrow, 1), Cancel));
        await Store.GiveUpPlaceAsync(Request(wide, 2), Cancel);
        Assert.False(await TakeAsync(wide, 4));
        Assert.True(await TakeAsync(wide, 3));
    }

    [Fact]
    public async Task GivenAPlaceThatNeverBegan_WhenItsProcessDiesOrIsReplaced_ThenItHoldsUpNobody()
    {
        using IDisposable two = Store.Register(second);
        await CapAsync(1, null);
        RunRecord dead = await CreateRunAsync(first);
        RunRecord living = await CreateRunAsync(second);
        using (Store.Register(first))
        {
            Assert.True(await TakeAsync(dead, 1));
            Assert.False(await TakeAsync(living, 1));
        }

        Assert.True(await TakeAsync(living, 1));
        RunRecord claimed = (await Store.ClaimRunAsync(dead.Id, second, first, Cancel))!;
        Assert.False(await TakeAsync(claimed, 1));
        await FailsAsync(EngineError.FencedOut, () => TakeAsync(dead, 1));
        await Store.GiveUpPlaceAsync(Request(living, 1), Cancel);
        Assert.True(await TakeAsync(claimed, 1));
    }

    [Fact]
    public async Task GivenARunTakenOver_WhenTheOwnerBeforeGivesItsPlaceBack_ThenTheNewOwnerKeepsIts()
    {
        using IDisposable two = Store.Register(second);
        await CapAsync(1, null);
        RunRecord dead = await CreateRunAsync(first);
        RunRecord claimed = (await Store.ClaimRunAsync(dead.Id, second, first, Cancel))!;
        Assert.True(await TakeAsync(claimed, 1));
        await Store.GiveUpPlaceAsync(Request(dead, 1), Cancel);
        RunRecord other = await CreateRunAsync(second);
        Assert.False(await TakeAsync(other, 1));
        await Store.GiveUpPlaceAsync(Request(claimed, 1), Cancel);
        Assert.True(await TakeAsync(other, 1));
    }

    [Fact]
    public async Task GivenAnAttemptUnderWay_WhenItsProcessDies_ThenItsPlaceIsTakenUntilTheAttemptEnds()
    {
        using IDisposable two = Store.Register(second);
        await CapAsync(1, null);
        RunRecord dead = await StartAsync(await CreateRunAsync(first));
        RunRecord living = await CreateRunAsync(second);
        await BeginAsync(dead, 1);
        Assert.False(await TakeAsync(living, 1));
        RunRecord claimed = (await Store.ClaimRunAsync(dead.Id, second, first, Cancel))!;
        Assert.False(await TakeAsync(living, 1));
        await CommitAsync(claimed, new AttemptEnded(1, 1, AttemptOutcome.Unknown, null, null, null) { At = Sample.Now });
        Assert.True(await TakeAsync(living, 1));
    }

    [Fact]
    public async Task GivenManyThatAsk_WhenTheyDoSoAtOnce_ThenNoMoreThanTheCapGetAPlace()
    {
        using IDisposable one = Store.Register(first);
        IStore other = await Factory.OpenAsync();
        await CapAsync(3, 5);
        RunRecord[] runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CreateRunAsync(first)));
        bool[] given = await Task.WhenAll(runs.Select((run, i) => (i % 2 == 0 ? Store : other).TryTakePlaceAsync(Request(run, 1), Cancel)));
        Assert.Equal(3, given.Count(one => one));
    }

    private async Task CapAsync(int? onWorker, int? inPool)
    {
        pool = await Store.PutPoolAsync(new("P") { MaxSteps = inPool, Policy = PoolPolicy.LeastLeases }, false, Cancel);
        Assert.Equal((inPool, PoolPolicy.LeastLeases), (pool.MaxSteps, pool.Policy));
        worker = await Store.PutWorkerAsync(Sample.Worker("w", "P") with { MaxSteps = onWorker }, false, Cancel);
        Assert.Equal(onWorker, worker.MaxSteps);
    }

    private Task<bool> TakeAsync(RunRecord run, int step) => Store.TryTakePlaceAsync(Request(run, step), Cancel);

    private PlaceRequest Request(RunRecord run, int step) => new(run.Id, run.FencingToken, step, 1, worker.Id, pool.Id, Sample.Now);

    private Task<IReadOnlyList<RunRecord>> BeginAsync(RunRecord run, int step)
        => CommitAsync(run, new AttemptIntended(step, 1, worker.Id, worker.Name) { At = Sample.Now, Pool = pool.Id });
}
