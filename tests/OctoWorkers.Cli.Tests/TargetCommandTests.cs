using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

public sealed class TargetCommandTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenTarget_WhenAddedChangedShownTestedAndRemoved_ThenItIsWhatWasSaid()
    {
        await harness.JsonAsync("environment", "add", "Test");
        JToken target = await harness.JsonAsync("target", "add", "web-1", "--local", "--environment", "Test", "--tag", "web", "--tag", "db");
        Assert.Equal("Machines-1", (string)target["id"]!);
        JToken changed = await harness.JsonAsync("target", "set", "WEB-1", "--add-tag", "canary", "--remove-tag", "db", "--bypass-deployment-mutex", "true");
        Assert.Equal(["web", "canary"], changed["tags"]!.Select(tag => (string)tag!));
        Assert.True((bool)changed["bypassDeploymentMutex"]!);
        Assert.Single(await harness.JsonAsync("target", "list", "--tag", "canary", "--environment", "test"));
        Assert.Empty(await harness.JsonAsync("target", "list", "--tag", "db"));
        Assert.Contains("No deployment target matches.", (await harness.RunAsync("target", "list", "--tag", "db")).Out, StringComparison.Ordinal);
        CommandOutcome disabled = await harness.RunAsync("target", "disable", "web-1");
        Assert.Contains("'web-1' is disabled now", disabled.Out, StringComparison.Ordinal);
        await harness.RunAsync("target", "enable", "web-1");
        CommandOutcome tested = await harness.RunAsync("target", "test", "--all");
        Assert.True(tested.ExitCode == ExitCodes.Success, tested.Error);
        CommandOutcome shown = await harness.RunAsync("target", "show", "web-1");
        Assert.Contains("as many as come", shown.Out, StringComparison.Ordinal);
        Assert.Contains("Healthy", shown.Out, StringComparison.Ordinal);
        Assert.Empty(await harness.JsonAsync("worker", "list"));
        await harness.JsonAsync("target", "remove", "web-1");
        Assert.Contains("There are no deployment targets", (await harness.RunAsync("target", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenTargetForTenants_WhenAddedListedAndChanged_ThenItsTenantsAreWhatWasSaid()
    {
        await harness.JsonAsync("environment", "add", "Test");
        await harness.JsonAsync("tenant", "add", "Acme", "--tag", "Ring/Early");
        await harness.JsonAsync("tenant", "add", "Globex");
        string[] place = ["--local", "--environment", "Test", "--tag", "web"];
        await harness.JsonAsync(["target", "add", "any", .. place]);
        JToken web = await harness.JsonAsync(["target", "add", "web-1", "--tenant", "Globex", "--tenant-tag", "Ring/Early", .. place]);
        Assert.Equal(("Tenanted", "Globex", "Ring/Early"), ((string)web["participation"]!, (string)web["tenants"]![0]!, (string)web["tenantTags"]![0]!));
        Assert.Equal("web-1", (string)Assert.Single(await harness.JsonAsync("target", "list", "--tenant", "acme"))["name"]!);
        Assert.Contains("Globex, Ring/Early", (await harness.RunAsync("target", "list")).Out, StringComparison.Ordinal);
        JToken both = await harness.JsonAsync("target", "set", "web-1", "--participation", "tenantedOrUntenanted");
        Assert.Equal(("TenantedOrUntenanted", 1), ((string)both["participation"]!, both["tenants"]!.Count()));
        Assert.Contains("Globex, Ring/Early, or none", (await harness.RunAsync("target", "show", "web-1")).Out, StringComparison.Ordinal);
        Assert.Equal("Untenanted", (string)(await harness.JsonAsync("target", "set", "web-1", "--no-tenants"))["participation"]!);
        Assert.DoesNotContain("TENANTS", (await harness.RunAsync("target", "list")).Out, StringComparison.Ordinal);
        Assert.Contains("needs a tenant or a tenant tag", (await harness.RunAsync("target", "set", "web-1", "--participation", "Tenanted")).Error, StringComparison.Ordinal);
        Assert.Contains("There is no tenant tag 'Ring/Late'", (await harness.RunAsync("target", "set", "web-1", "--tenant-tag", "Ring/Late")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCodes.NotFound, "did you mean 'web-1'", "target", "show", "wbe-1")]
    [InlineData(ExitCodes.NotFound, "EnvironmentNotFound", "target", "add", "x", "--local", "--environment", "Nowhere", "--tag", "web")]
    [InlineData(ExitCodes.Conflict, "already a deployment target 'web-1'", "worker", "add", "web-1", "--local")]
    [InlineData(ExitCodes.Usage, "has no tag 'db'; it has 'web'", "target", "set", "web-1", "--remove-tag", "db")]
    [InlineData(ExitCodes.Usage, "has no tag, so no step would choose it", "target", "set", "web-1", "--remove-tag", "web")]
    [InlineData(ExitCodes.Usage, "say fail, skip or default", "run", "x", "--environment", "Test", "--unavailable-targets", "ignore")]
    [InlineData(ExitCodes.Usage, "Name the deployment targets to test", "target", "test")]
    [InlineData(ExitCodes.Usage, "Say what is to be changed: --environment", "target", "set", "web-1")]
    public async Task GivenBadInput_WhenCalled_ThenTheMessageSaysWhatIsWrong(int exitCode, string said, params string[] arguments)
    {
        await harness.JsonAsync("environment", "add", "Test");
        await harness.JsonAsync("target", "add", "web-1", "--local", "--environment", "Test", "--tag", "web");
        CommandOutcome outcome = await harness.RunAsync(arguments);
        Assert.Contains(said, outcome.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(exitCode, outcome.ExitCode);
    }

    [Fact]
    public async Task GivenTargetThatCannotBeReached_WhenTested_ThenItIsCalledATargetOnOneLine()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ssh"), "there is no ssh here (Debian: openssh-client)");
        await harness.JsonAsync("environment", "add", "Test");
        await harness.JsonAsync("target", "add", "dead", "--host", "127.0.0.1", "--port", "1", "--environment", "Test", "--tag", "web");
        CommandOutcome tested = await harness.RunAsync("target", "test", "dead");
        Assert.Equal(ExitCodes.Failed, tested.ExitCode);
        string message = (string)JToken.Parse((await harness.RunAsync("target", "test", "dead", "--output", "json")).Out)[0]!["health"]!["message"]!;
        Assert.StartsWith("Deployment target 'dead'", message, StringComparison.Ordinal);
        Assert.DoesNotContain(@"\n", tested.Out, StringComparison.Ordinal);
        await harness.RunAsync("target", "disable", "dead");
        Assert.Contains("TargetStateChanged", (await harness.RunAsync("audit")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenDefinitionsWithTargets_WhenPlannedRunAndShown_ThenTheTargetsAreNamed()
    {
        string file = harness.WriteFile("all.yaml", """
            environments: [{ name: Test }, { name: Other }]
            targets:
              - { name: web-1, connection: local, environments: [Test], tags: [web] }
              - { name: web-2, connection: local, environments: [Test], tags: [web] }
              - { name: far, connection: local, environments: [Other], tags: [web] }
            runbooks:
              - name: Deploy
                steps:
                  - { name: Install, targets: web, bash: 'echo "on #{Octopus.Machine.Name}"' }
                  - { name: Announce, targets: { tags: [web], onWorker: true, window: 1 }, bash: 'echo "for #{Octopus.Machine.Name}"' }
            """);
        Assert.Contains("3 deployment targets", (await harness.RunAsync("validate", file)).Out, StringComparison.Ordinal);
        Assert.Equal(3, (await harness.JsonAsync("validate", file)).Value<int>("targets"));
        Assert.Equal(3, (await harness.JsonAsync("apply", file)).Count(change => (string)change["kind"]! == "deployment target"));
        Assert.All(await harness.JsonAsync("apply", file), change => Assert.Equal("unchanged", (string)change["change"]!));
        CommandOutcome plan = await harness.RunAsync("plan", "Deploy", "--environment", "Test");
        Assert.Contains("web-1, web-2", plan.Out, StringComparison.Ordinal);
        Assert.Contains("far: not in environment 'Test'", plan.Out, StringComparison.Ordinal);
        JToken planned = await harness.JsonAsync("plan", "Deploy", "--environment", "Test");
        Assert.Equal(["web-1", "web-2"], planned["steps"]![0]!["targets"]!.Select(name => (string)name!));
        CommandOutcome run = await harness.RunAsync("run", "Deploy", "--environment", "Test");
        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
        Assert.Contains("[Install @ web-1] on web-1", run.Out, StringComparison.Ordinal);
        Assert.Contains("[Announce @ Built-in Worker for web-2] for web-2", run.Out, StringComparison.Ordinal);
        Assert.Contains("for web-1", (await harness.RunAsync("show", "latest")).Out, StringComparison.Ordinal);
        JToken shown = await harness.JsonAsync("show", "latest");
        Assert.Equal(["Succeeded", "Succeeded"], shown["steps"]![0]!["targets"]!.Select(one => (string)one["status"]!));
        CommandOutcome only = await harness.RunAsync("log", "latest", "--step", "2");
        Assert.DoesNotContain("on web-1", only.Out, StringComparison.Ordinal);
        Assert.Contains("for web-1", only.Out, StringComparison.Ordinal);
        JToken seen = await harness.JsonAsync("variable", "preview", "--runbook", "Deploy", "--environment", "Test", "--step", "Install", "--target", "web-2");
        Assert.Equal("web-2", seen.Single(one => (string)one["name"]! == "Octopus.Machine.Name").Value<string>("value"));
        Assert.Equal(ExitCodes.NotFound, (await harness.RunAsync("variable", "preview", "--runbook", "Deploy", "--environment", "Test", "--target", "web-9")).ExitCode);
        CommandOutcome exported = await harness.RunAsync("runbook", "show", "Deploy");
        Assert.Equal(ExitCodes.Success, exported.ExitCode);
    }
}
