namespace OctoWorkers.Storage.Tests.Contract;

public abstract class InfrastructureContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    [Fact]
    public async Task GivenNewStore_WhenRead_ThenItHasOnlyTheDefaultPool()
    {
        WorkerPoolRecord pool = Assert.Single(await Store.GetPoolsAsync(Cancel));
        Assert.Equal(WorkerPoolDefinition.DefaultName, pool.Name);
        Assert.True(pool.IsDefault);
        Assert.Empty(pool.Members);
        Assert.Empty(await Store.GetWorkersAsync(Cancel));
        Assert.Empty(await Store.GetEnvironmentsAsync(Cancel));
        Assert.Empty(await Store.GetLeasesAsync(Cancel));
        Assert.Empty(await Store.GetSettingsAsync(Cancel));
        Assert.Empty(await Store.CheckAsync(Cancel));
        Assert.Matches("^[0-9a-f]{16}$", Store.Key);
    }

    [Fact]
    public async Task GivenStore_WhenOpenedAgain_ThenKeyStays() => Assert.Equal(Store.Key, (await Factory.OpenAsync()).Key);

    [Fact]
    public async Task GivenEnvironment_WhenPutAgainInOtherCase_ThenItIsChangedAndKeepsItsId()
    {
        EnvironmentRecord first = await Store.PutEnvironmentAsync(new("Größe") { Description = "one" }, true, Cancel);
        EnvironmentRecord second = await Store.PutEnvironmentAsync(new("GRÖßE") { Description = "two" }, false, Cancel);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal([new EnvironmentRecord(first.Id, "GRÖßE", "two")], await Store.GetEnvironmentsAsync(Cancel));
        await FailsAsync(EngineError.AlreadyExists, () => Store.PutEnvironmentAsync(new("größe"), true, Cancel));
    }

    [Fact]
    public async Task GivenRemovedEnvironment_WhenAnotherIsAdded_ThenItHasANewId()
    {
        EnvironmentRecord first = await Store.PutEnvironmentAsync(new("Test"), true, Cancel);
        await Store.RemoveEnvironmentAsync("test", Cancel);
        Assert.NotEqual(first.Id, (await Store.PutEnvironmentAsync(new("Test"), true, Cancel)).Id);
        await FailsAsync(EngineError.EnvironmentNotFound, () => Store.RemoveEnvironmentAsync("Nowhere", Cancel));
    }

    [Fact]
    public async Task GivenRunThatHasNotEnded_WhenItsEnvironmentIsRemoved_ThenItIsInUse()
    {
        RunRecord run = await CreateRunAsync();
        OctoWorkersException exception = await FailsAsync(EngineError.InUse, () => Store.RemoveEnvironmentAsync("Production", Cancel));
        Assert.Contains(run.Id.ToString(), exception.Message, StringComparison.Ordinal);
        await EndAsync(run);
        await Store.RemoveEnvironmentAsync("Production", Cancel);
    }

    [Fact]
    public async Task GivenDefinitionsThatNameAnEnvironment_WhenItIsRemoved_ThenItIsInUseUntilNoneDoes()
    {
        await Store.PutEnvironmentAsync(new("Test"), true, Cancel);
        VariableDefinition scoped = VariableDefinition.Text("Url", "x") with { Scope = new() { Environments = ["TEST", "Other"] } };
        StepDefinition child = new("Child", new RunRunbookAction("Else") { Environment = "test" });
        StepDefinition only = new("Only", new ScriptAction("x")) { Environments = ["Test"] };
        StepDefinition not = new("Not", new ScriptAction("x")) { ExcludedEnvironments = ["Test"] };
        await Store.PutVariableSetAsync(new("Default", [scoped]), Cancel);
        await Store.PutRunbookAsync(new("Else", [child, only, not]) { Environments = ["test"], Variables = [scoped] }, Sample.Now, Cancel);
        OctoWorkersException refused = await FailsAsync(EngineError.InUse, () => Store.RemoveEnvironmentAsync("Test", Cancel));
        Assert.Equal(
            "The environment 'Test' cannot be removed while definitions name it (6): a value of variable 'Url' in variable set 'Default', a value of variable 'Url' in runbook 'Else', "
                + "runbook 'Else', step 'Child' of runbook 'Else', step 'Only' of runbook 'Else' and 1 more. Change or remove these first.",
            refused.Message);
        await Store.RemoveRunbookAsync("Else", Cancel);
        await FailsAsync(EngineError.InUse, () => Store.RemoveEnvironmentAsync("Test", Cancel));
        Assert.Single(await Store.GetEnvironmentsAsync(Cancel));
        await Store.PutVariableSetAsync(new("Default", []), Cancel);
        await Store.RemoveEnvironmentAsync("Test", Cancel);
    }

    [Fact]
    public async Task GivenPools_WhenAnotherBecomesDefault_ThenTheOldOneNoLongerIs()
    {
        await Store.PutPoolAsync(new("Setup") { Description = "d", IsDefault = true }, true, Cancel);
        Assert.Equal([false, true], (await Store.GetPoolsAsync(Cancel)).Select(pool => pool.IsDefault));
        WorkerPoolRecord same = await Store.PutPoolAsync(new("setup"), false, Cancel);
        Assert.True(same.IsDefault);
        await FailsAsync(EngineError.InUse, () => Store.RemovePoolAsync("Setup", Cancel));
        await Store.RemovePoolAsync(WorkerPoolDefinition.DefaultName, Cancel);
        await FailsAsync(EngineError.WorkerPoolNotFound, () => Store.RemovePoolAsync(WorkerPoolDefinition.DefaultName, Cancel));
        await FailsAsync(EngineError.AlreadyExists, () => Store.PutPoolAsync(new("SETUP"), true, Cancel));
    }

    [Fact]
    public async Task GivenOnlyPoolOfAWorker_WhenRemoved_ThenItIsInUseUntilTheWorkerIsElsewhere()
    {
        await Store.PutPoolAsync(new("A"), true, Cancel);
        await AddWorkerAsync("w", "A");
        OctoWorkersException exception = await FailsAsync(EngineError.InUse, () => Store.RemovePoolAsync("A", Cancel));
        Assert.Contains("'w'", exception.Message, StringComparison.Ordinal);
        await Store.PutWorkerAsync(Sample.Worker("w", "A", WorkerPoolDefinition.DefaultName), false, Cancel);
        await Store.RemovePoolAsync("A", Cancel);
        Assert.Equal([WorkerPoolDefinition.DefaultName], Assert.Single(await Store.GetWorkersAsync(Cancel)).Pools);
    }

    [Fact]
    public async Task GivenWorker_WhenPut_ThenEverythingOfItIsRead()
    {
        WorkerDefinition definition = new("wörker 1", new LocalConnection { Shell = "/bin/dash" }, [WorkerPoolDefinition.DefaultName])
        {
            Tags = ["linux", "größe $(x) 'q'"], State = WorkerState.Draining,
        };
        WorkerRecord put = await Store.PutWorkerAsync(definition, true, Cancel);
        WorkerRecord read = Assert.Single(await Store.GetWorkersAsync(Cancel));
        Assert.Equal(put.Id, read.Id);
        Assert.Equal(definition.Name, read.Name);
        Assert.Equal(definition.Connection, read.Connection);
        Assert.Equal(definition.Tags, read.Tags);
        Assert.Equal(WorkerState.Draining, read.State);
        Assert.Equal(HealthStatus.Unknown, read.Health.Status);
        Assert.Null(read.Health.CheckedAt);
        Assert.Equal(0, read.Leases);
        await FailsAsync(EngineError.AlreadyExists, () => Store.PutWorkerAsync(Sample.Worker("WÖRKER 1"), true, Cancel));
        await FailsAsync(EngineError.WorkerPoolNotFound, () => AddWorkerAsync("other", "Nowhere"));
        Assert.Single(await Store.GetWorkersAsync(Cancel));
    }

    [Fact]
    public async Task GivenWorkersInPools_WhenOneLeavesAndComesBack_ThenItComesLastAndNoPositionIsUsedTwice()
    {
        await Store.PutPoolAsync(new("A"), true, Cancel);
        await Store.PutPoolAsync(new("B"), true, Cancel);
        WorkerRecord one = await AddWorkerAsync("one", "A", "B");
        WorkerRecord two = await AddWorkerAsync("two", "A");
        IReadOnlyList<PoolMember> before = await MembersAsync("A");
        Assert.Equal([one.Id, two.Id], before.Select(member => member.Worker));

        await Store.PutWorkerAsync(Sample.Worker("one", "A"), false, Cancel);
        Assert.Equal(before, await MembersAsync("A"));
        await Store.PutWorkerAsync(Sample.Worker("two", "B"), false, Cancel);
        await Store.PutWorkerAsync(Sample.Worker("one", "B"), false, Cancel);
        await Store.PutWorkerAsync(Sample.Worker("one", "B", "A"), false, Cancel);
        Assert.Equal([two.Id, one.Id], (await MembersAsync("B")).Select(member => member.Worker));
        Assert.True(Assert.Single(await MembersAsync("A")).Position > before[1].Position);
        Assert.Equal(["B", "A"], (await Store.GetWorkersAsync(Cancel))[0].Pools);

        await Store.RemoveWorkerAsync("one", Cancel);
        long last = (await MembersAsync("B")).Max(member => member.Position);
        await AddWorkerAsync("three", "A");
        Assert.True(Assert.Single(await MembersAsync("A")).Position > last + 1);
    }

    [Fact]
    public async Task GivenACheckUnderWay_WhenTheConnectionOrPolicyChanges_ThenItsFindingIsNotKept()
    {
        WorkerRecord before = await AddWorkerAsync("w");
        WorkerHealth health = new(HealthStatus.Unhealthy, Sample.Now, "as it was", new Dictionary<string, string>());
        await Store.PutMachinePolicyAsync(new("Other"), true, Cancel);
        await Store.PutWorkerAsync(Sample.Worker("w") with { Policy = "Other" }, false, Cancel);
        await Store.SetWorkerHealthAsync(before, health, Cancel);
        WorkerRecord now = Assert.Single(await Store.GetWorkersAsync(Cancel));
        Assert.Equal(HealthStatus.Unknown, now.Health.Status);

        await Store.PutWorkerAsync(new("w", new SshConnection("elsewhere"), [WorkerPoolDefinition.DefaultName]) { Policy = "Other" }, false, Cancel);
        await Store.SetWorkerHealthAsync(now, health, Cancel);
        now = Assert.Single(await Store.GetWorkersAsync(Cancel));
        Assert.Equal(HealthStatus.Unknown, now.Health.Status);

        await Store.SetWorkerHealthAsync(now, health, Cancel);
        Assert.Equal("as it was", Assert.Single(await Store.GetWorkersAsync(Cancel)).Health.Message);
    }

    [Fact]
    public async Task GivenHealth_WhenTheConnectionChanges_ThenItIsForgotten()
    {
        WorkerRecord worker = await AddWorkerAsync("w");
        WorkerHealth health = new(HealthStatus.HasWarnings, Sample.Now, "disk 91 % full", new Dictionary<string, string> { ["bash"] = "5.2" });
        await Store.SetWorkerHealthAsync(worker.Id, health, Cancel);
        await Store.SetWorkerStateAsync("W", WorkerState.Disabled, Cancel);
        await Store.PutWorkerAsync(Sample.Worker("w") with { Tags = ["t"] }, false, Cancel);
        WorkerHealth kept = Assert.Single(await Store.GetWorkersAsync(Cancel)).Health;
        Assert.Equal((HealthStatus.HasWarnings, Sample.Now, "disk 91 % full"), (kept.Status, kept.CheckedAt, kept.Message));
        Assert.Equal(health.Capabilities, kept.Capabilities);

        await Store.PutWorkerAsync(new("w", new SshConnection("elsewhere"), [WorkerPoolDefinition.DefaultName]), false, Cancel);
        Assert.Equal(HealthStatus.Unknown, Assert.Single(await Store.GetWorkersAsync(Cancel)).Health.Status);
        await Store.SetWorkerHealthAsync(new WorkerId(99), health, Cancel);
        Assert.Single(await Store.GetWorkersAsync(Cancel));
    }

    [Fact]
    public async Task GivenUnknownWorker_WhenChangedOrRemoved_ThenItIsNotFound()
    {
        await FailsAsync(EngineError.WorkerNotFound, () => Store.SetWorkerStateAsync("w", WorkerState.Enabled, Cancel));
        await FailsAsync(EngineError.WorkerNotFound, () => Store.RemoveWorkerAsync("w", Cancel));
    }

    [Fact]
    public async Task GivenSettings_WhenSetAndForgotten_ThenTheyAreReadByNameWithoutCase()
    {
        await Store.SetSettingAsync("taskCap", "7", Cancel);
        await Store.SetSettingAsync("TASKCAP", "9", Cancel);
        Assert.Equal("9", Assert.Single(await Store.GetSettingsAsync(Cancel)).Value);
        Assert.Equal("9", (await Store.GetSettingsAsync(Cancel))["taskcap"]);
        await Store.SetSettingAsync("taskcap", null, Cancel);
        Assert.Empty(await Store.GetSettingsAsync(Cancel));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    public async Task GivenSettingOfBuiltInWorker_WhenFactsAreRead_ThenTheySaySo(string? value, bool enabled)
    {
        await Store.SetSettingAsync("builtInWorker", value, Cancel);
        Assert.Equal(enabled, (await Store.GetPlanningFactsAsync(null, Cancel)).BuiltInWorkerEnabled);
    }

    private async Task<IReadOnlyList<PoolMember>> MembersAsync(string pool)
        => (await Store.GetPoolsAsync(Cancel)).Single(record => record.Name == pool).Members;
}
