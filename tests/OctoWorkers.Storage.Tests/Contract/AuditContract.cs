using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class AuditContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    [Fact]
    public async Task GivenChanges_WhenTheyAreMade_ThenWhoDidWhatIsKept()
    {
        RunRecord run = await CreateRunAsync();
        await AddWorkerAsync("w");
        await Store.SetWorkerStateAsync("w", WorkerState.Draining, Cancel);
        await Store.SetSettingAsync("taskCap", "3", Cancel);
        await Store.RequestCancelAsync(run.Id, "bob", "a reason", Sample.Now, Cancel);
        await Store.RemoveWorkerAsync("w", Cancel);
        await Store.ResealAsync(token => token, Cancel);
        Assert.Equal(
            [
                "DefinitionAdded environment 'Production' ", "DefinitionAdded runbook 'Backup' ", "RunRequested RunbookRuns-1 runbook 'Backup' in 'Production'",
                "DefinitionAdded worker 'w' ", "WorkerStateChanged worker 'w' to draining", "SettingChanged setting 'taskCap' to 3", "RunCanceled RunbookRuns-1 ",
                "DefinitionRemoved worker 'w' ", "KeyRotated secrets sealed anew: 0",
            ],
            (await Store.GetAuditAsync(new(), Cancel)).Select(entry => $"{entry.Action} {entry.Subject} {entry.Details}"));
        Assert.Equal(["ada", "bob"], (await Store.GetAuditAsync(new() { Run = run.Id }, Cancel)).Select(entry => entry.Who));
        Assert.Equal("RunCanceled", Assert.Single(await Store.GetAuditAsync(new() { Who = "bob" }, Cancel)).Action.ToString());
        Assert.Equal([8L, 9L], (await Store.GetAuditAsync(new() { Limit = 2 }, Cancel)).Select(entry => entry.Id));
        Assert.Empty(await Store.GetAuditAsync(new() { Since = DateTimeOffset.MaxValue }, Cancel));
        Assert.Equal(9, (await Store.GetAuditAsync(new() { Since = Sample.Now }, Cancel)).Count);
    }

    [Fact]
    public async Task GivenFeeds_WhenTheyComeAndGo_ThenThatIsInTheAudit()
    {
        await Store.PutFeedAsync(new("F", "/srv/f"), true, Cancel);
        await Store.ChangeDefinitionsAsync(_ => new DefinitionsToPut { Feeds = [new("f", "/srv/g")] }, Sample.Now, Cancel);
        await Store.RemoveFeedAsync("F", Cancel);
        Assert.Equal(
            ["DefinitionAdded feed 'F'", "DefinitionChanged feed 'f'", "DefinitionRemoved feed 'F'"],
            (await Store.GetAuditAsync(new(), Cancel)).Select(entry => $"{entry.Action} {entry.Subject}"));
    }

    [Fact]
    public async Task GivenVariables_WhenTheyChange_ThenTheirNamesAreKeptAndNeverTheirValues()
    {
        await Store.PutVariableSetAsync(new("S", [VariableDefinition.Text("A", "value-a"), VariableDefinition.Text("B", "value-b")]), Cancel);
        await Store.ChangeVariableSetAsync("S", set => new("S", [VariableDefinition.Text("A", "value-c"), VariableDefinition.Text("C", "value-d")]), Cancel);
        IReadOnlyList<AuditEntry> entries = await Store.GetAuditAsync(new(), Cancel);
        Assert.Equal(["variables set: A, B", "variables set: A, C; variables removed: B"], entries.Select(entry => entry.Details));
        Assert.All(entries, entry => Assert.DoesNotContain("value-", entry.ToString() + entry.Details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenChangeThatFails_WhenTried_ThenNothingIsInTheAudit()
    {
        await FailsAsync(EngineError.WorkerNotFound, () => Store.RemoveWorkerAsync("none", Cancel));
        await FailsAsync(EngineError.WorkerPoolNotFound, () => AddWorkerAsync("w", "nowhere"));
        Assert.Empty(await Store.GetAuditAsync(new(), Cancel));
    }

    [Fact]
    public async Task GivenDefinitionsChangedTogether_WhenPut_ThenEachIsInTheAudit()
    {
        await Store.ChangeDefinitionsAsync(
            _ => new DefinitionsToPut { Environments = [new("E")], Pools = [new("P")], Runbooks = [Sample.Runbook("R")] }, Sample.Now, Cancel);
        await Store.ChangeDefinitionsAsync(_ => new DefinitionsToPut { Environments = [new("e") { Description = "d" }] }, Sample.Now, Cancel);
        Assert.Equal(
            ["DefinitionAdded environment 'E'", "DefinitionAdded pool 'P'", "DefinitionAdded runbook 'R'", "DefinitionChanged environment 'e'"],
            (await Store.GetAuditAsync(new(), Cancel)).Select(entry => $"{entry.Action} {entry.Subject}"));
    }
}
