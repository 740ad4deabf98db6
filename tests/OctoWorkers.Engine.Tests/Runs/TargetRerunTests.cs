using OctoWorkers.Engine.Runs;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Reruns after what they are about has changed: nothing of what failed is left out silently.</summary>
public sealed class TargetRerunTests
{
    private const string Gone = "not there any more";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("removed", Gone)]
    [InlineData("moved", "not in environment 'Test'")]
    [InlineData("retagged", "has none of the tags")]
    [InlineData("disabled", "disabled")]
    [InlineData("tenanted", "only for runs for its tenants, and the run is for none")]
    public async Task GivenTheOnlyTargetThatFailedIsOutOfReach_WhenRerun_ThenItIsRefusedAndNoRunIsMade(string change, string reason)
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        RunDetails run = await FailedAsync(world);
        await ChangeAsync(world, change);
        OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => world.First.Engine.RerunFromFailedAsync(run.Run.Id, detached: false, Stop));
        Assert.Equal(EngineError.NoEligibleTarget, refused.Error);
        Assert.Contains($"Step 1 'Deploy': web-2: {reason}", refused.Message, StringComparison.Ordinal);
        Assert.Single(await world.First.Store.GetRunsAsync(new(), Stop));
    }

    [Theory]
    [InlineData("removed", Gone)]
    [InlineData("moved", "not in environment 'Test'")]
    public async Task GivenSomeOfWhatFailedIsOutOfReach_WhenRerun_ThenTheRestIsDoneAndItIsNamedWithTheReason(string change, string reason)
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2", "web-3");
        RunDetails run = await FailedAsync(world, "[ #{Octopus.Machine.Name} = web-1 ]");
        await ChangeAsync(world, change);
        await File.WriteAllTextAsync(world.File("mended"), "", Stop);
        List<string> heard = [];
        RunRecord again = await world.First.Engine.RerunFromFailedAsync(new NewRerun(run.Run.Id) { Warn = heard.Add }, Stop);
        RunRecord ended = await world.First.EndAsync(again.Id);
        Assert.True(ended.Status == RunStatus.Success, ended.Error);
        Assert.Equal([$"Step 1 'Deploy' leaves out web-2: {reason}."], heard);
        Assert.Equal(["web-3"], (await world.First.DetailsAsync(again.Id)).Steps[0].Targets!.Select(target => target.Name));
        LogLine said = Assert.Single(await world.First.LogAsync(again.Id, 0), line => line.Level == LogLevel.Warning);
        Assert.Contains($"leaves out web-2: {reason}, and the step did not succeed for it", said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenATargetThatTakesThePlaceOfTheOneThatFailed_WhenRerun_ThenTheStepRunsForItAndTheOldOneIsNamed()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        RunDetails run = await FailedAsync(world);
        await ChangeAsync(world, "removed");
        await PutAsync(world, "web-4");
        List<string> heard = [];
        RunRecord again = await world.First.Engine.RerunFromFailedAsync(new NewRerun(run.Run.Id) { Warn = heard.Add }, Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(again.Id)).Status);
        Assert.Equal([$"Step 1 'Deploy' leaves out web-2: {Gone}."], heard);
        Assert.Equal(["web-4"], (await world.First.DetailsAsync(again.Id)).Steps[0].Targets!.Select(target => target.Name));
    }

    [Fact]
    public async Task GivenTheOnlyTargetThatFailedIsTakenOut_WhenStepsAfterItWereSkipped_ThenTheyAreDoneForTheOthersAndItIsNamed()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        RunDetails run = await world.RunAsync(
            Step("Deploy", "[ #{Octopus.Machine.Name} != web-2 ]") with { Targets = new(["web"]) },
            Step("Verify", "echo \"#{Octopus.Machine.Name}\"") with { Targets = new(["web"]) },
            Step("Report", "echo done"),
            Step("Alarm", "echo alarm") with { Condition = StepCondition.Failure });
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        await ChangeAsync(world, "disabled");
        List<string> heard = [];
        RunRecord again = await world.First.Engine.RerunFromFailedAsync(new NewRerun(run.Run.Id) { Warn = heard.Add }, Stop);
        RunRecord ended = await world.First.EndAsync(again.Id);
        Assert.True(ended.Status == RunStatus.Success, ended.Error);
        Assert.Equal(["Step 1 'Deploy' leaves out web-2: disabled."], heard);
        Assert.Equal(["web-1"], await world.First.TextAsync(again.Id, 2));
        Assert.Equal(["done"], await world.First.TextAsync(again.Id, 3));
        Assert.Contains(await world.First.LogAsync(again.Id, 0), line => line.Level == LogLevel.Warning && line.Text.Contains("leaves out web-2: disabled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenATargetThatGoesWhileTheRerunIsQueued_WhenPlanned_ThenTheRunFailsAndARerunOfThatIsRefused()
    {
        await using RunWorld world = await WorldAsync("web-1", "web-2");
        RunDetails run = await FailedAsync(world);
        RunRecord again = await world.First.Engine.RerunFromFailedAsync(run.Run.Id, detached: true, Stop);
        await ChangeAsync(world, "removed");
        await world.SetAsync("driverIdle", "0");
        EngineInstance driver = await world.AddEngineAsync();
        await driver.Engine.DriveUntilIdleAsync(Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
        RunDetails ended = await world.First.DetailsAsync(again.Id);
        Assert.Equal((RunStatus.Failed, EngineError.NoEligibleTarget), (ended.Run.Status, ended.Cause));
        Assert.Contains("Nothing is left to do", ended.Run.Error, StringComparison.Ordinal);

        // It never came to anything: what is to do is still what the first run left.
        OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => world.First.Engine.RerunFromFailedAsync(again.Id, detached: false, Stop));
        Assert.Contains($"web-2: {Gone}", refused.Message, StringComparison.Ordinal);
        await PutAsync(world, "web-2");
        await File.WriteAllTextAsync(world.File("mended"), "", Stop);
        RunRecord third = await world.First.Engine.RerunFromFailedAsync(again.Id, detached: false, Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(third.Id)).Status);
        Assert.Equal(["web-2"], (await world.First.DetailsAsync(third.Id)).Steps[0].Targets!.Select(target => target.Name));
    }

    [Fact]
    public async Task GivenATenantThatChanged_WhenRerun_ThenItIsTheOneOfToday()
    {
        await using RunWorld world = await WorldAsync();
        TenantTag tag = new("Region", "Europe");
        await world.First.Store.PutTenantAsync(new("Acme") { Tags = [tag] }, true, Stop);
        await world.PutAsync(new RunbookDefinition("the runbook",
        [
            Step("Europe", $"[ -e '{world.File("mended")}' ]") with { TenantTags = [tag] }, Step("All", $"echo \"#{{Octopus.Deployment.Tenant.Tags}}\"; [ -e '{world.File("mended")}' ]") with { Condition = StepCondition.Always },
        ]));
        RunRecord run = await world.First.Engine.StartRunAsync(new("the runbook", TestEnvironment) { Tenant = "Acme" }, Stop);
        Assert.Equal(RunStatus.Failed, (await world.First.EndAsync(run.Id)).Status);
        await File.WriteAllTextAsync(world.File("mended"), "", Stop);
        await world.First.Store.PutTenantAsync(new("Acme") { Tags = [new("Region", "Asia")] }, false, Stop);
        List<string> heard = [];
        RunRecord again = await world.First.Engine.RerunFromFailedAsync(new NewRerun(run.Id) { Warn = heard.Add }, Stop);
        Assert.Equal(RunStatus.Success, (await world.First.EndAsync(again.Id)).Status);
        Assert.Contains("Step 1 'Europe' did not succeed", Assert.Single(heard), StringComparison.Ordinal);
        Assert.Equal(["Region/Asia"], await world.First.TextAsync(again.Id, 2));
        Assert.Contains(
            await world.First.LogAsync(again.Id, 0), line => line.Level == LogLevel.Warning && line.Text.Contains("'Europe' did not succeed", StringComparison.Ordinal));
        await world.First.Store.RemoveTenantAsync("Acme", Stop);
        OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => world.First.Engine.RerunFromFailedAsync(run.Id, detached: false, Stop));
        Assert.Equal(EngineError.TenantNotFound, refused.Error);
    }

    private static async Task<RunWorld> WorldAsync(params string[] targets)
    {
        RunWorld world = await CreateAsync();
        foreach (string name in targets)
        {
            await PutAsync(world, name);
        }

        return world;
    }

    private static Task<DeploymentTargetRecord> PutAsync(RunWorld world, string name)
        => world.First.Store.PutTargetAsync(new(name, new LocalConnection(), [TestEnvironment], ["web"]), true, Stop);

    // A run whose step fails for web-2, or for those that a condition says.
    private static async Task<RunDetails> FailedAsync(RunWorld world, string succeeds = "[ #{Octopus.Machine.Name} != web-2 ]")
    {
        RunDetails run = await world.RunAsync(Step("Deploy", $"{succeeds} || [ -e '{world.File("mended")}' ]") with { Targets = new(["web"]) });
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        return run;
    }

    private static async Task ChangeAsync(RunWorld world, string change)
    {
        DeploymentTargetDefinition now = new("web-2", new LocalConnection(), [TestEnvironment], ["web"]);
        switch (change)
        {
            case "removed":
                await world.First.Engine.RemoveTargetAsync("web-2", force: false, Stop);
                return;
            case "moved":
                await world.First.Store.PutEnvironmentAsync(new("elsewhere"), true, Stop);
                now = new("web-2", new LocalConnection(), ["elsewhere"], ["web"]);
                break;
            case "retagged":
                now = new("web-2", new LocalConnection(), [TestEnvironment], ["db"]);
                break;
            case "disabled":
                now = now with { Disabled = true };
                break;
            default:
                await world.First.Store.PutTenantAsync(new("Acme"), true, Stop);
                now = now with { Tenants = TargetTenants.Of(null, ["Acme"], []) };
                break;
        }

        await world.First.Store.PutTargetAsync(now, false, Stop);
    }
}
