using OctoWorkers.Storage.Json;

namespace OctoWorkers.Storage.Tests.Json;

/// <summary>What a store of the first version holds is read as what it meant.</summary>
public sealed class OlderFormTests
{
    [Fact]
    public void GivenRequestOfTheFirstVersion_WhenRead_ThenWhatItDoesNotHaveIsEmpty()
    {
        RunRequest read = RunRequestJson.Read(
            """
            {"runbook":1,"snapshot":{"name":"R","description":"","environments":[],"maxParallelism":10,"steps":[
            {"name":"A","action":{"kind":"script","syntax":"Bash","body":"echo","arguments":[],"environment":{}},"packages":[],"condition":"Success",
            "start":"AfterPrevious","retry":{"count":0,"backoff":"00:00:00","maxBackoff":"00:05:00"},"idempotent":false,"disabled":false,"required":false,
            "environments":[],"excludedEnvironments":[]},
            {"name":"B","action":{"kind":"runRunbook","runbook":"X","wait":true},"condition":"Always","start":"WithPrevious"}]},
            "environment":{"id":1,"name":"Test","description":""},"createdBy":"ada","parentWaits":false,"depth":0,"skippedSteps":{}}
            """);
        Assert.Null(read.Tenant);
        Assert.Empty(read.Variables);
        Assert.Empty(read.VariableSets);
        Assert.Empty(read.Modules);
        Assert.Empty(read.Outputs);
        Assert.Empty(read.Snapshot.Variables);
        Assert.Empty(read.Snapshot.VariableSets);
        Assert.Empty(read.Snapshot.Prompts);
        Assert.Empty(read.Snapshot.Steps[0].Demands);
        Assert.Empty(read.Snapshot.Steps[0].TenantTags);
        Assert.Null(read.Snapshot.Steps[0].PoolVariable);
        Assert.Empty(((ScriptAction)read.Snapshot.Steps[0].Action).Modules);
        Assert.Empty(((RunRunbookAction)read.Snapshot.Steps[1].Action).Variables);
    }
}
