namespace OctoWorkers.Storage.Tests.Contract;

public abstract class VariableContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private static readonly SealedText Token = new("ow1.k.AAAA");

    [Fact]
    public async Task GivenNewStore_WhenSetsAreListed_ThenTheDefaultSetIsThere()
    {
        VariableSetRecord set = Assert.Single(await Store.GetVariableSetsAsync(Cancel));
        Assert.Equal(VariableSetDefinition.DefaultName, set.Definition.Name);
        Assert.Empty(set.Definition.Variables);
        await FailsAsync(EngineError.InUse, () => Store.RemoveVariableSetAsync("default", Cancel));
    }

    [Fact]
    public async Task GivenSet_WhenPutAgain_ThenItKeepsItsIdAndHasTheNewValues()
    {
        VariableScope scope = new()
        {
            Steps = ["s"], Machines = ["m"], TargetTags = ["t"], Tenants = ["Acme"], TenantTags = ["Region/Europe"], Environments = ["Production"], Runbooks = ["R"],
        };
        VariableSetRecord first = await Store.PutVariableSetAsync(new("Shared", [VariableDefinition.Text("A", "1")]), Cancel);
        VariableSetDefinition wanted = new(
            "SHARED",
            [
                VariableDefinition.Text("A", "") with { Scope = scope, Description = "d" }, VariableDefinition.Sensitive("B", Token),
                VariableDefinition.WorkerPool("C", "Setup"),
            ]) { Description = "of all" };
        VariableSetRecord again = await Store.PutVariableSetAsync(wanted, Cancel);
        Assert.Equal(first.Id, again.Id);
        VariableSetRecord read = (await Store.GetVariableSetsAsync(Cancel)).Single(set => set.Id == first.Id);
        Assert.Equivalent(wanted, read.Definition, strict: true);
        Assert.Equal(Token, read.Definition.Variables[1].Sealed);
        Assert.Equal(["Default", "SHARED"], (await Store.GetVariableSetsAsync(Cancel)).Select(set => set.Definition.Name));
    }

    [Theory]
    [InlineData("quote ' \" ` name")]
    [InlineData("$(touch /tmp/x) ${x} #{y} `z`")]
    [InlineData("two\nlines\r\n\ttab")]
    [InlineData("größe 😀 名前 \u2028")]
    [InlineData("'); DROP TABLE variable_sets; --")]
    public async Task GivenOddName_WhenStored_ThenItIsTheSame(string name)
    {
        await Store.PutVariableSetAsync(new("Default", [VariableDefinition.Text(name, name), VariableDefinition.Text(new string('n', 10_240), "long")]), Cancel);
        IReadOnlyList<VariableDefinition> read = (await Store.GetVariableSetsAsync(Cancel)).Single().Definition.Variables;
        Assert.Equal((name, name), (read[0].Name, read[0].Value));
        Assert.Equal(10_240, read[1].Name.Length);
    }

    [Fact]
    public async Task GivenSecretThatIsNotSealed_WhenItIsToBeStoredAnywhere_ThenItIsRefusedAndNothingChanges()
    {
        VariableDefinition clear = VariableDefinition.Sensitive("Password", "correct horse");
        RunRequest request = await RequestAsync();
        OctoWorkersException refused = await FailsAsync(EngineError.InvalidArgument, () => Store.PutVariableSetAsync(new("Shared", [clear]), Cancel));
        Assert.Contains("'Password'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", refused.Message, StringComparison.Ordinal);
        await FailsAsync(
            EngineError.InvalidArgument, () => Store.ChangeVariableSetAsync("Default", set => new(set.Name, [.. set.Variables, clear]), Cancel));
        await FailsAsync(
            EngineError.InvalidArgument, () => Store.PutRunbookAsync(Sample.Runbook("Secret") with { Variables = [clear] }, Sample.Now, Cancel));
        await FailsAsync(
            EngineError.InvalidArgument,
            () => Store.PutRunbookAsync(
                Sample.Runbook("Secret") with { Prompts = [new("P") { Control = PromptControl.Sensitive, Default = "clear" }] }, Sample.Now, Cancel));
        await FailsAsync(EngineError.InvalidArgument, () => Store.CreateRunAsync(request with { Variables = [clear] }, null, Sample.Now, Cancel));
        await FailsAsync(
            EngineError.InvalidArgument,
            () => Store.CreateRunAsync(request with { VariableSets = [new(new(9), new("S", [clear]))] }, null, Sample.Now, Cancel));
        await FailsAsync(
            EngineError.InvalidArgument,
            () => Store.CreateRunAsync(request with { Snapshot = request.Snapshot with { Variables = [clear] } }, null, Sample.Now, Cancel));
        Assert.Empty(Assert.Single(await Store.GetVariableSetsAsync(Cancel)).Definition.Variables);
        Assert.Equal("Backup", Assert.Single(await Store.GetRunbooksAsync(Cancel)).Definition.Name);
        Assert.Empty(await Store.GetUnfinishedRunsAsync(Cancel));
    }

    [Fact]
    public async Task GivenManyChangesOfASetAtOnce_WhenTheyEnd_ThenNoneIsLost()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Store.ChangeVariableSetAsync(
            "DEFAULT", set => new(set.Name, [.. set.Variables, VariableDefinition.Text($"V{number}", "x")]), Cancel)));
        Assert.Equal(20, Assert.Single(await Store.GetVariableSetsAsync(Cancel)).Definition.Variables.Count);
        await FailsAsync(EngineError.VariableSetNotFound, () => Store.ChangeVariableSetAsync("nowhere", set => set, Cancel));
    }

    [Fact]
    public async Task GivenSetThatARunbookIncludes_WhenRemoved_ThenItIsInUseUntilTheRunbookLetsGo()
    {
        await Store.PutVariableSetAsync(new("Shared", []), Cancel);
        await Store.PutRunbookAsync(Sample.Runbook("Backup") with { VariableSets = ["shared"] }, Sample.Now, Cancel);
        Assert.Contains("'Backup'", (await FailsAsync(EngineError.InUse, () => Store.RemoveVariableSetAsync("SHARED", Cancel))).Message, StringComparison.Ordinal);
        await Store.PutRunbookAsync(Sample.Runbook("Backup"), Sample.Now, Cancel);
        await Store.RemoveVariableSetAsync("SHARED", Cancel);
        await FailsAsync(EngineError.VariableSetNotFound, () => Store.RemoveVariableSetAsync("SHARED", Cancel));
    }

    [Fact]
    public async Task GivenTenants_WhenPutAndRemoved_ThenTheyKeepIdsAndAreListedByName()
    {
        TenantRecord first = await Store.PutTenantAsync(new("beta") { Tags = [new("Region", "Europe")], Description = "d" }, true, Cancel);
        await Store.PutTenantAsync(new("Acme"), true, Cancel);
        await FailsAsync(EngineError.AlreadyExists, () => Store.PutTenantAsync(new("BETA"), true, Cancel));
        TenantRecord again = await Store.PutTenantAsync(new("Beta") { Tags = [new("Region", "Asia"), new("Size", "Big")] }, false, Cancel);
        Assert.Equal(first.Id, again.Id);
        IReadOnlyList<TenantRecord> all = await Store.GetTenantsAsync(Cancel);
        Assert.Equal(["Acme", "Beta"], all.Select(tenant => tenant.Name));
        Assert.Equal([new("Region", "Asia"), new TenantTag("Size", "Big")], all[1].Tags);
        await Store.RemoveTenantAsync("BETA", Cancel);
        await FailsAsync(EngineError.TenantNotFound, () => Store.RemoveTenantAsync("Beta", Cancel));
    }

    [Fact]
    public async Task GivenRunForATenant_WhenTheTenantIsRemoved_ThenItIsInUseUntilTheRunHasEnded()
    {
        TenantRecord tenant = await Store.PutTenantAsync(new("Acme"), true, Cancel);
        RunRecord run = await Store.CreateRunAsync(await RequestAsync() with { Tenant = tenant }, null, Sample.Now, Cancel);
        Assert.Equivalent(tenant, (await Store.GetRunAsync(run.Id, Cancel)).Request.Tenant, strict: true);
        Assert.Contains($"{run.Id}", (await FailsAsync(EngineError.InUse, () => Store.RemoveTenantAsync("acme", Cancel))).Message, StringComparison.Ordinal);
        await EndAsync(await StartAsync(run), RunStatus.Success);
        await Store.RemoveTenantAsync("acme", Cancel);
    }

    [Fact]
    public async Task GivenValueScopedToATenant_WhenTheTenantIsRemoved_ThenItIsInUseUntilTheValueIsGone()
    {
        await Store.PutTenantAsync(new("Acme"), true, Cancel);
        VariableDefinition[] scoped = [.. Enumerable.Range(1, 7).Select(i => VariableDefinition.Text($"V{i}", "x") with { Scope = new() { Tenants = ["acme"] } })];
        await Store.PutVariableSetAsync(new("Shared", scoped), Cancel);
        await Store.PutRunbookAsync(Sample.Runbook("Backup") with { Variables = [scoped[0]] }, Sample.Now, Cancel);
        Assert.Contains(
            "(8): a value of variable 'V1' in variable set 'Shared', ", (await FailsAsync(EngineError.InUse, () => Store.RemoveTenantAsync("Acme", Cancel))).Message,
            StringComparison.Ordinal);
        await Store.RemoveVariableSetAsync("Shared", Cancel);
        Assert.Contains("in runbook 'Backup'.", (await FailsAsync(EngineError.InUse, () => Store.RemoveTenantAsync("Acme", Cancel))).Message, StringComparison.Ordinal);
        await Store.RemoveRunbookAsync("Backup", Cancel);
        await Store.RemoveTenantAsync("Acme", Cancel);
    }

    [Fact]
    public async Task GivenScriptModules_WhenPutAndRemoved_ThenAUsedOneStays()
    {
        await Store.PutScriptModuleAsync(new("tools", ScriptSyntax.Bash, "f() { :; }"), Cancel);
        await Store.PutScriptModuleAsync(new("Tools", ScriptSyntax.Python, "def f(): pass\n") { Description = "d" }, Cancel);
        ScriptModule read = Assert.Single(await Store.GetScriptModulesAsync(Cancel));
        Assert.Equal(new ScriptModule("Tools", ScriptSyntax.Python, "def f(): pass\n") { Description = "d" }, read);
        RunbookDefinition user = new("User", [new("S", new ScriptAction("x") { Syntax = ScriptSyntax.Python, Modules = ["tools"] })]);
        await Store.PutRunbookAsync(user, Sample.Now, Cancel);
        await FailsAsync(EngineError.InUse, () => Store.RemoveScriptModuleAsync("TOOLS", Cancel));
        await Store.RemoveRunbookAsync("User", Cancel);
        await Store.RemoveScriptModuleAsync("TOOLS", Cancel);
        await FailsAsync(EngineError.ScriptModuleNotFound, () => Store.RemoveScriptModuleAsync("TOOLS", Cancel));
    }
}
