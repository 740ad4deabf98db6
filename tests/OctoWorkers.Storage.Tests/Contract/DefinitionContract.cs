using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class DefinitionContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private static DefinitionsToPut Everything { get; } = new()
    {
        Environments = [new("Production") { Description = "d" }],
        Pools = [new("Setup") { IsDefault = true }],
        Workers = [Sample.Worker("worker1", "Setup"), Sample.Worker("worker2", "setup", WorkerPoolDefinition.DefaultName)],
        Runbooks = [Sample.Runbook("Backup")],
    };

    [Fact]
    public async Task GivenNewStore_WhenASetIsPut_ThenAllOfItIsThereInItsOrder()
    {
        DefinitionsToPut put = await Store.ChangeDefinitionsAsync(
            stored =>
            {
                Assert.Empty(stored.Environments);
                Assert.Equal(WorkerPoolDefinition.DefaultName, Assert.Single(stored.Pools).Name);
                Assert.Empty(stored.Workers);
                Assert.Empty(stored.Runbooks);
                return Everything;
            },
            Sample.Now,
            Cancel);
        Assert.Equal(Everything, put);
        StoredDefinitions now = await Store.GetDefinitionsAsync(Cancel);
        Assert.Equal([("Production", "d")], now.Environments.Select(environment => (environment.Name, environment.Description)));
        Assert.Equal([(WorkerPoolDefinition.DefaultName, false), ("Setup", true)], now.Pools.Select(pool => (pool.Name, pool.IsDefault)));
        Assert.Equal(["worker1", "worker2"], now.Workers.Select(worker => worker.Name));
        Assert.Equal(now.Workers.Select(worker => worker.Id), now.Pools[1].Members.Select(member => member.Worker));
        Assert.Equal(["Setup", WorkerPoolDefinition.DefaultName], now.Workers[1].Pools);
        RunbookRecord runbook = Assert.Single(now.Runbooks);
        Assert.Equal(("Backup", Sample.Now), (runbook.Definition.Name, runbook.Changed));
    }

    [Fact]
    public async Task GivenWhatIsThere_WhenItIsPutAgain_ThenItKeepsItsIdsAndItsHealthAndTheRestStays()
    {
        await Store.ChangeDefinitionsAsync(_ => Everything, Sample.Now, Cancel);
        StoredDefinitions before = await Store.GetDefinitionsAsync(Cancel);
        await Store.SetWorkerHealthAsync(before.Workers[0].Id, new(HealthStatus.Healthy, Sample.Now, "", new Dictionary<string, string>()), Cancel);
        await Store.ChangeDefinitionsAsync(
            stored =>
            {
                Assert.Equal(HealthStatus.Healthy, stored.Workers[0].Health.Status);
                return new()
                {
                    Environments = [new("PRODUCTION")],
                    Workers = [Sample.Worker("WORKER1", "Setup") with { Tags = ["t"] }],
                    Runbooks = [Sample.Runbook("backup") with { MaxParallelism = 2 }],
                };
            },
            Sample.Now.AddHours(1),
            Cancel);
        StoredDefinitions after = await Store.GetDefinitionsAsync(Cancel);
        Assert.Equal((before.Environments[0].Id, "PRODUCTION"), (after.Environments[0].Id, after.Environments[0].Name));
        Assert.Equal((before.Workers[0].Id, "WORKER1", HealthStatus.Healthy), (after.Workers[0].Id, after.Workers[0].Name, after.Workers[0].Health.Status));
        Assert.Equal((before.Runbooks[0].Id, 2, Sample.Now.AddHours(1)), (after.Runbooks[0].Id, after.Runbooks[0].Definition.MaxParallelism, after.Runbooks[0].Changed));
        Assert.Equal(before.Pools.Select(pool => (pool.Id, pool.Name, pool.IsDefault)), after.Pools.Select(pool => (pool.Id, pool.Name, pool.IsDefault)));
        Assert.Equal("worker2", after.Workers[1].Name);
    }

    [Fact]
    public async Task GivenOneThatCannotBePut_WhenASetIsPut_ThenNothingOfItIsStored()
    {
        DefinitionsToPut broken = Everything with { Workers = [.. Everything.Workers, Sample.Worker("worker3", "Nowhere")] };
        OctoWorkersException exception = await FailsAsync(
            EngineError.WorkerPoolNotFound, () => Store.ChangeDefinitionsAsync(_ => broken, Sample.Now, Cancel));
        Assert.Contains("'Nowhere'", exception.Message, StringComparison.Ordinal);
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task GivenADecisionThatThrows_WhenASetIsPut_ThenItComesBackAndNothingIsStored()
    {
        OctoWorkersException thrown = new(EngineError.RunbookCycle, "round");
        Assert.Same(
            thrown, await Assert.ThrowsAsync<OctoWorkersException>(() => Store.ChangeDefinitionsAsync(_ => throw thrown, Sample.Now, Cancel)));
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task GivenManyAtOnce_WhenEachAddsToWhatItFinds_ThenNoneIsLost()
    {
        IStore other = await Factory.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? Store : other).ChangeDefinitionsAsync(
            stored => new() { Environments = [new($"E{stored.Environments.Count}")] }, Sample.Now, Cancel)));
        Assert.Equal(
            Enumerable.Range(0, 40).Select(number => $"E{number}"), (await Store.GetEnvironmentsAsync(Cancel)).Select(environment => environment.Name));
    }

    private async Task NothingIsStoredAsync()
    {
        StoredDefinitions now = await Store.GetDefinitionsAsync(Cancel);
        Assert.Empty(now.Environments);
        Assert.Equal((WorkerPoolDefinition.DefaultName, true), (Assert.Single(now.Pools).Name, now.Pools[0].IsDefault));
        Assert.Empty(now.Workers);
        Assert.Empty(now.Runbooks);
    }
}
