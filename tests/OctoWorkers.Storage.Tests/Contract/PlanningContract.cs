using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class PlanningContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    [Fact]
    public async Task GivenDraws_WhenPlanned_ThenCursorsLeasesAndEventsAreStored()
    {
        await AddPoolAsync();
        RunRecord run = await CreateRunAsync();
        IReadOnlyList<RunEvent> events = await PlanAsync(run, "k1");
        PlanningFacts facts = await Store.GetPlanningFactsAsync(run.Request.Runbook, Cancel);
        Assert.Equal("one", Assert.Single(facts.Cursors).Value.WorkerName);
        Assert.Equal([1, 0, 0], facts.Workers.Select(worker => worker.Leases));
        WorkerLease lease = Assert.Single(await Store.GetLeasesAsync(Cancel));
        Assert.Equal((run.Id, new LeaseKey("k1"), facts.Workers[0].Id, "one", Sample.Now), (lease.Run, lease.Key, lease.Worker, lease.WorkerName, lease.Since));
        Assert.Equal(
            ((RunPlanned)events[0]).Plan.Draws[0].After, ((RunPlanned)Assert.Single(await Store.GetEventsAsync(run.Id, Cancel))).Plan.Draws[0].After);
        Assert.Empty((await Store.GetPlanningFactsAsync(null, Cancel)).Cursors);
        Assert.Empty((await Store.GetPlanningFactsAsync(new(99), Cancel)).Cursors);
    }

    [Fact]
    public async Task GivenRuns_WhenTheyPlanAtOnce_ThenTheyDrawInTurn()
    {
        await AddPoolAsync();
        RunRecord[] runs = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => CreateRunAsync()));
        await Task.WhenAll(runs.Select(run => PlanAsync(run, "k")));
        Assert.Equal([3, 3, 3], (await Store.GetWorkersAsync(Cancel)).Select(worker => worker.Leases));
        RunRecord other = await CreateRunAsync(runbook: "Other");
        await PlanAsync(other, "k");
        Assert.Equal("one", (await Store.GetLeasesAsync(Cancel))[^1].WorkerName);
    }

    [Fact]
    public async Task GivenADrawWithoutARun_WhenItIsMade_ThenItsOwnCursorMovesAndNothingElse()
    {
        await AddPoolAsync();
        RunRecord run = await CreateRunAsync();
        await PlanAsync(run, "k1");
        RunbookId none = new(0);
        WorkerDraw Next(PlanningFacts facts)
        {
            WorkerRecord worker = facts.Workers[facts.Cursors.Count];
            return new(
                new("k"), facts.Pools[1].Id, facts.Pools[1].Name, worker.Id, worker.Name, null,
                new PoolCursor(worker.Id, worker.Name, facts.Pools[1].Members[facts.Cursors.Count].Position), [], "");
        }

        Assert.Equal("one", (await Store.DrawAsync(none, Next, Cancel)).WorkerName);
        Assert.Equal("two", (await Store.DrawAsync(none, Next, Cancel)).WorkerName);
        Assert.Equal("two", Assert.Single((await Store.GetPlanningFactsAsync(none, Cancel)).Cursors).Value.WorkerName);
        Assert.Equal("one", Assert.Single((await Store.GetPlanningFactsAsync(run.Request.Runbook, Cancel)).Cursors).Value.WorkerName);
        Assert.Single(await Store.GetLeasesAsync(Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.DrawAsync(none, _ => throw new InvalidOperationException("no"), Cancel));
    }

    [Fact]
    public async Task GivenPlannerThatThrows_WhenPlanned_ThenNothingIsStoredAndTheCallerGetsItsException()
    {
        await AddPoolAsync();
        RunRecord run = await CreateRunAsync();
        await Assert.ThrowsAsync<NotFiniteNumberException>(() => Store.PlanAsync(run.Id, 1, _ => throw new NotFiniteNumberException(), Cancel));
        await FailsAsync(EngineError.InvalidTransition, () => Store.PlanAsync(
            run.Id,
            1,
            facts => [Sample.Planned(Sample.Draw(facts, "Setup", "k")), new RunEnded(RunStatus.Success, null) { At = Sample.Now }],
            Cancel));
        Assert.Empty(await Store.GetLeasesAsync(Cancel));
        Assert.Empty(await Store.GetEventsAsync(run.Id, Cancel));
        Assert.Empty((await Store.GetPlanningFactsAsync(run.Request.Runbook, Cancel)).Cursors);
    }

    [Fact]
    public async Task GivenPlannedRun_WhenPlannedAgain_ThenItsLeasesAreReplaced()
    {
        await AddPoolAsync();
        RunRecord run = await CreateRunAsync();
        await PlanAsync(run, "k1", "k2");
        await PlanAsync(run, "k1");
        WorkerLease lease = Assert.Single(await Store.GetLeasesAsync(Cancel));
        Assert.Equal(("k1", "three"), (lease.Key.Text, lease.WorkerName));
    }

    [Fact]
    public async Task GivenLostWorker_WhenReplaced_ThenItsLeaseMovesAndTheCursorToo()
    {
        await AddPoolAsync();
        RunRecord run = await CreateRunAsync();
        await PlanAsync(run, "k1", "k2");
        IReadOnlyList<WorkerLease> before = await Store.GetLeasesAsync(Cancel);
        await Store.PlanAsync(
            run.Id,
            1,
            facts => [new WorkerReplaced(before[0].Worker, before[0].WorkerName, Sample.Draw(facts, "Setup", "k1")) { At = Sample.Now.AddMinutes(1) }],
            Cancel);
        Assert.Equal(
            [("k2", "two", Sample.Now), ("k1", "three", Sample.Now.AddMinutes(1))],
            (await Store.GetLeasesAsync(Cancel)).Select(lease => (lease.Key.Text, lease.WorkerName, lease.Since)));
        Assert.Equal("three", (await Store.GetPlanningFactsAsync(run.Request.Runbook, Cancel)).Cursors.Values.Single().WorkerName);
    }

    [Fact]
    public async Task GivenBuiltInWorker_WhenDrawn_ThenItIsLeasedAndMovesNoCursor()
    {
        RunRecord run = await CreateRunAsync();
        await Store.PlanAsync(
            run.Id,
            1,
            facts => [Sample.Planned(new WorkerDraw(
                new("k"), facts.Pools[0].Id, facts.Pools[0].Name, WorkerRecord.BuiltInId, WorkerRecord.BuiltInName, null, null, [], "the pool is empty"))],
            Cancel);
        Assert.Equal(WorkerRecord.BuiltInId, Assert.Single(await Store.GetLeasesAsync(Cancel)).Worker);
        Assert.Empty((await Store.GetPlanningFactsAsync(run.Request.Runbook, Cancel)).Cursors);
    }

    [Fact]
    public async Task GivenLeases_WhenTheRunEnds_ThenTheyEndAndWorkerAndPoolCanGo()
    {
        await AddPoolAsync();
        RunRecord run = await CreateRunAsync();
        await PlanAsync(run, "k1");
        OctoWorkersException exception = await FailsAsync(EngineError.InUse, () => Store.RemoveWorkerAsync("one", Cancel));
        Assert.Contains(run.Id.ToString(), exception.Message, StringComparison.Ordinal);
        await FailsAsync(EngineError.InUse, () => Store.RemovePoolAsync("Setup", Cancel));
        await EndAsync(run);
        Assert.Empty(await Store.GetLeasesAsync(Cancel));
        await Store.RemoveWorkerAsync("one", Cancel);
        Assert.Equal("one", (await Store.GetPlanningFactsAsync(run.Request.Runbook, Cancel)).Cursors.Values.Single().WorkerName);
        await Store.RemoveWorkerAsync("two", Cancel);
        await Store.RemoveWorkerAsync("three", Cancel);
        await Store.RemovePoolAsync("Setup", Cancel);
        Assert.Empty((await Store.GetPlanningFactsAsync(run.Request.Runbook, Cancel)).Cursors);
    }

    private async Task AddPoolAsync()
    {
        await Store.PutPoolAsync(new("Setup"), true, Cancel);
        foreach (string name in (string[])["one", "two", "three"])
        {
            await AddWorkerAsync(name, "Setup");
        }
    }

    private Task<IReadOnlyList<RunEvent>> PlanAsync(RunRecord run, params string[] keys)
        => Store.PlanAsync(
            run.Id,
            run.FencingToken,
            facts =>
            {
                List<WorkerDraw> draws = [];
                foreach (string key in keys)
                {
                    WorkerDraw draw = Sample.Draw(facts, "Setup", key);
                    draws.Add(draw);
                    facts = facts with { Cursors = new Dictionary<WorkerPoolId, PoolCursor>(facts.Cursors) { [draw.Pool] = draw.After! } };
                }

                return [Sample.Planned([.. draws])];
            },
            Cancel);
}
