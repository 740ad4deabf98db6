namespace OctoWorkers.Storage.Tests.Contract;

public abstract class MachinePolicyContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private static readonly MachinePolicyDefinition Strict = new("Strict")
    {
        Description = "größe",
        Interval = TimeSpan.FromMinutes(5),
        Scripts = new Dictionary<ScriptSyntax, string> { [ScriptSyntax.Bash] = "true\n", [ScriptSyntax.Python] = "pass" },
        Timeout = TimeSpan.FromSeconds(7),
        RemoveUnavailableAfter = TimeSpan.FromDays(3),
        Capabilities = [new("cmake", "cmake --version"), new("x+1", "echo 'a'")],
    };

    [Fact]
    public async Task GivenNewStore_WhenRead_ThenItHasTheDefaultPolicyWhichStays()
    {
        Assert.Equal(MachinePolicyDefinition.DefaultName, Assert.Single(await Store.GetMachinePoliciesAsync(Cancel)).Definition.Name);
        await FailsAsync(EngineError.InUse, () => Store.RemoveMachinePolicyAsync("default machine policy", Cancel));
        await Store.PutMachinePolicyAsync(new(MachinePolicyDefinition.DefaultName) { Kind = HealthCheckKind.ConnectivityOnly }, false, Cancel);
        Assert.Equal(HealthCheckKind.ConnectivityOnly, Assert.Single(await Store.GetMachinePoliciesAsync(Cancel)).Definition.Kind);
    }

    [Fact]
    public async Task GivenPolicy_WhenPut_ThenEverythingOfItIsRead()
    {
        MachinePolicyRecord put = await Store.PutMachinePolicyAsync(Strict, true, Cancel);
        MachinePolicyRecord read = (await Store.GetMachinePoliciesAsync(Cancel)).Single(policy => policy.Id == put.Id);
        Assert.Equal(Strict.Scripts, read.Definition.Scripts);
        Assert.Equal(Strict.Capabilities, read.Definition.Capabilities);
        Assert.Equal(
            (Strict.Name, Strict.Description, Strict.Interval, Strict.Kind, Strict.Timeout, Strict.RemoveUnavailableAfter),
            (read.Definition.Name, read.Definition.Description, read.Definition.Interval, read.Definition.Kind, read.Definition.Timeout, read.Definition.RemoveUnavailableAfter));
        await FailsAsync(EngineError.AlreadyExists, () => Store.PutMachinePolicyAsync(new("STRICT"), true, Cancel));
    }

    [Fact]
    public async Task GivenPolicyOfAWorker_WhenRemoved_ThenItIsInUseUntilTheWorkerHasAnother()
    {
        await FailsAsync(EngineError.MachinePolicyNotFound, () => Store.PutWorkerAsync(Sample.Worker("w") with { Policy = "Strict" }, true, Cancel));
        await Store.PutMachinePolicyAsync(Strict, true, Cancel);
        Assert.Equal("Strict", (await Store.PutWorkerAsync(Sample.Worker("w") with { Policy = "strict" }, true, Cancel)).Policy);
        Assert.Contains("'w'", (await FailsAsync(EngineError.InUse, () => Store.RemoveMachinePolicyAsync("Strict", Cancel))).Message, StringComparison.Ordinal);
        Assert.Equal(MachinePolicyDefinition.DefaultName, (await Store.PutWorkerAsync(Sample.Worker("w"), false, Cancel)).Policy);
        await Store.RemoveMachinePolicyAsync("Strict", Cancel);
        await FailsAsync(EngineError.MachinePolicyNotFound, () => Store.RemoveMachinePolicyAsync("Strict", Cancel));
        Assert.Empty(await Store.CheckAsync(Cancel));
    }

    [Fact]
    public async Task GivenCheckedWorkers_WhenTheirPolicyChanges_ThenTheirHealthIsUnknown()
    {
        await Store.PutMachinePolicyAsync(Strict, true, Cancel);
        WorkerRecord strict = await Store.PutWorkerAsync(Sample.Worker("a") with { Policy = "Strict" }, true, Cancel);
        WorkerRecord other = await AddWorkerAsync("b");
        await SetAsync(strict, HealthStatus.Healthy, Sample.Now);
        await SetAsync(other, HealthStatus.Healthy, Sample.Now);
        await Store.PutMachinePolicyAsync(Strict, false, Cancel);
        Assert.All(await Store.GetWorkersAsync(Cancel), worker => Assert.Equal(HealthStatus.Healthy, worker.Health.Status));
        await Store.PutMachinePolicyAsync(Strict with { Timeout = TimeSpan.FromSeconds(8) }, false, Cancel);
        Assert.Equal([HealthStatus.Unknown, HealthStatus.Healthy], (await Store.GetWorkersAsync(Cancel)).Select(worker => worker.Health.Status));
    }

    [Fact]
    public async Task GivenWorkerThatStaysUnavailable_WhenChecked_ThenItIsKnownSinceWhen()
    {
        WorkerRecord worker = await AddWorkerAsync("w");
        await SetAsync(worker, HealthStatus.Unavailable, Sample.Now);
        await SetAsync(worker, HealthStatus.Unavailable, Sample.Now.AddHours(1));
        Assert.Equal(Sample.Now, (await Store.GetWorkersAsync(Cancel))[0].Health.UnavailableSince);
        await SetAsync(worker, HealthStatus.Healthy, Sample.Now.AddHours(2));
        Assert.Null((await Store.GetWorkersAsync(Cancel))[0].Health.UnavailableSince);
        Assert.False(await Store.RemoveUnavailableWorkerAsync(worker.Id, Sample.Now.AddDays(1), Cancel));
        await SetAsync(worker, HealthStatus.Unavailable, Sample.Now.AddHours(3));
        Assert.False(await Store.RemoveUnavailableWorkerAsync(worker.Id, Sample.Now.AddHours(2), Cancel));
        Assert.True(await Store.RemoveUnavailableWorkerAsync(worker.Id, Sample.Now.AddHours(3), Cancel));
        Assert.Empty(await Store.GetWorkersAsync(Cancel));
        Assert.Empty(await Store.CheckAsync(Cancel));
    }

    [Fact]
    public async Task GivenUnavailableWorkerWithALease_WhenItIsToBeRemoved_ThenItStays()
    {
        WorkerRecord worker = await AddWorkerAsync("w");
        RunRecord run = await CreateRunAsync();
        await Store.PlanAsync(run.Id, run.FencingToken, facts => [Sample.Planned(Sample.Draw(facts, WorkerPoolDefinition.DefaultName, "k"))], Cancel);
        await SetAsync(worker, HealthStatus.Unavailable, Sample.Now);
        Assert.False(await Store.RemoveUnavailableWorkerAsync(worker.Id, Sample.Now, Cancel));
        Assert.Single(await Store.GetWorkersAsync(Cancel));
    }

    private Task SetAsync(WorkerRecord worker, HealthStatus status, DateTimeOffset at)
        => Store.SetWorkerHealthAsync(worker.Id, new(status, at, "", new Dictionary<string, string>()), Cancel);
}
