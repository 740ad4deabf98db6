using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

/// <summary>What changes of targets and tenants take away is said, or refused.</summary>
public sealed class TargetTenantCommandTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenTargetWithTenants_WhenMadeUntenanted_ThenItIsRefusedUnlessItIsSaidThatTheyGo()
    {
        await AddAsync();
        CommandOutcome refused = await harness.RunAsync("target", "set", "web-1", "--participation", "untenanted");
        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains("--no-tenants", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Tenanted: Acme, Ring/Early", refused.Error, StringComparison.Ordinal);
        Assert.Equal("Tenanted", (string)(await harness.JsonAsync("target", "show", "web-1"))["participation"]!);
        Assert.Equal("Untenanted", (string)(await harness.JsonAsync("target", "set", "web-1", "--participation", "untenanted", "--no-tenants"))["participation"]!);
        Assert.Equal("Untenanted", (string)(await harness.JsonAsync("target", "set", "web-1", "--participation", "Untenanted"))["participation"]!);
    }

    [Fact]
    public async Task GivenNamesInAnotherCase_WhenATargetIsForThem_ThenTheyAreShownAsTheyWereDeclared()
    {
        await AddAsync();
        JToken target = await harness.JsonAsync(
            "target", "set", "WEB-1", "--environment", "test", "--tenant", "ACME", "--tenant-tag", "ring/EARLY", "--participation", "tenantedoruntenanted");
        Assert.Equal(
            ("web-1", "Test", "Acme", "Ring/Early", "TenantedOrUntenanted"),
            ((string)target["name"]!, (string)target["environments"]![0]!, (string)target["tenants"]![0]!, (string)target["tenantTags"]![0]!, (string)target["participation"]!));
        string file = harness.WriteFile("a.yaml", "targets: [{ name: web-1, connection: local, environments: [TEST], tags: [web], tenants: [acme], participation: tenanted }]\n");
        await harness.JsonAsync("apply", file);
        JToken applied = await harness.JsonAsync("target", "show", "web-1");
        Assert.Equal(("Test", "Acme", "Tenanted"), ((string)applied["environments"]![0]!, (string)applied["tenants"]![0]!, (string)applied["participation"]!));
    }

    [Fact]
    public async Task GivenATenantNamedTwice_WhenATargetIsForIt_ThenItIsRefusedHereAsInAFile()
    {
        await AddAsync();
        CommandOutcome twice = await harness.RunAsync("target", "set", "web-1", "--tenant", "Acme", "--tenant", "acme");
        Assert.Equal(ExitCodes.Usage, twice.ExitCode);
        Assert.Contains("'Acme' twice", twice.Error, StringComparison.Ordinal);
        Assert.Contains("'Ring/Early' twice", (await harness.RunAsync("target", "set", "web-1", "--tenant-tag", "Ring/Early", "--tenant-tag", "ring/early")).Error, StringComparison.Ordinal);
        string file = harness.WriteFile("a.yaml", "targets: [{ name: web-1, connection: local, environments: [Test], tags: [web], tenants: [Acme, acme] }]\n");
        CommandOutcome applied = await harness.RunAsync("apply", file);
        Assert.NotEqual(ExitCodes.Success, applied.ExitCode);
        Assert.Single(applied.Error.Split('\n'), line => line.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenTheLastTenantWithATag_WhenItLosesItOrGoes_ThenTheTargetsThatNameItAreNamed()
    {
        await AddAsync();
        await harness.JsonAsync("tenant", "add", "Globex", "--tag", "Ring/Early");
        Assert.DoesNotContain("any more", (await harness.RunAsync("tenant", "set", "Globex", "--no-tags")).Error, StringComparison.Ordinal);
        CommandOutcome lost = await harness.RunAsync("tenant", "set", "Acme", "--tag", "Ring/Late");
        Assert.Equal(ExitCodes.Success, lost.ExitCode);
        Assert.Contains("No tenant has the tag 'Ring/Early' any more, and deployment target 'web-1' is for tenants that have it.", lost.Error, StringComparison.Ordinal);
        await harness.JsonAsync("tenant", "set", "Globex", "--tag", "Ring/Early");
        CommandOutcome removed = await harness.RunAsync("tenant", "remove", "globex");
        Assert.Contains("Removed tenant 'Globex'.", removed.Out, StringComparison.Ordinal);
        Assert.Contains("'Ring/Early' any more", removed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenSeveralTargets_WhenRemoved_ThenAllGoUnlessOneIsNotThere()
    {
        await AddAsync();
        foreach (string name in (string[])["web-2", "web-3"])
        {
            await harness.JsonAsync("target", "add", name, "--local", "--environment", "Test", "--tag", "web");
        }

        CommandOutcome missing = await harness.RunAsync("target", "remove", "web-1", "web-9");
        Assert.Equal(ExitCodes.NotFound, missing.ExitCode);
        Assert.Equal(3, (await harness.JsonAsync("target", "list")).Count());
        Assert.Equal("Removed deployment target 'web-1'.\nRemoved deployment target 'web-2'.\n", (await harness.RunAsync("target", "remove", "WEB-1", "web-2", "web-1")).Out);
        Assert.Equal("web-3", (string)(await harness.JsonAsync("target", "remove", "web-3"))["name"]!);
        await harness.JsonAsync("worker", "add", "w1", "--local");
        await harness.JsonAsync("worker", "add", "w2", "--local");
        Assert.Equal(["w1", "w2"], (await harness.JsonAsync("worker", "remove", "w1", "w2")).Select(worker => (string)worker["name"]!));
    }

    [Fact]
    public async Task GivenATargetThatARunWouldLeaveOut_WhenItsVariablesAreShown_ThenTheReasonIsTold()
    {
        await AddAsync();
        await harness.JsonAsync("environment", "add", "Other");
        await harness.JsonAsync("apply", harness.WriteFile("r.yaml", """
            runbooks: [{ name: Deploy, steps: [{ name: Install, targets: web, bash: 'true' }, { name: Tell, bash: 'true' }] }]
            """));
        Assert.Equal("", (await PreviewAsync("Test", "--tenant", "Acme")).Error);
        Assert.Contains("Such a run would leave out deployment target 'web-1': only for runs for its tenants, and the run is for none.", (await PreviewAsync("Test")).Error, StringComparison.Ordinal);
        Assert.Contains("not in environment 'Other'", (await PreviewAsync("other", "--tenant", "Acme", "--step", "install")).Error, StringComparison.Ordinal);
        CommandOutcome other = await PreviewAsync("Test", "--tenant", "Acme", "--step", "tell");
        Assert.Contains("step 'Tell' is not about deployment targets", other.Error, StringComparison.Ordinal);
        Assert.Contains("Octopus.Machine.Name = web-1", other.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenRunsForTenants_WhenListedAndAudited_ThenTheyNameThem()
    {
        await AddAsync();
        await harness.JsonAsync("apply", harness.WriteFile("r.yaml", "runbooks: [{ name: Say, steps: [{ name: Say, bash: 'true' }] }]\n"));
        await harness.RunAsync("run", "Say", "--environment", "Test", "--quiet");
        Assert.DoesNotContain("TENANT", (await harness.RunAsync("runs")).Out, StringComparison.Ordinal);
        await harness.JsonAsync("tenant", "add", "Globex");
        await harness.RunAsync("run", "Say", "--environment", "Test", "--tenant", "globex", "--quiet");
        Assert.Contains("TENANT", (await harness.RunAsync("runs")).Out, StringComparison.Ordinal);
        Assert.Contains(await harness.JsonAsync("audit"), entry => ((string)entry["details"]!).Contains("in 'Test' for tenant 'Globex'", StringComparison.Ordinal));

        // Its name stays when it is gone.
        await harness.JsonAsync("tenant", "remove", "Globex");
        Assert.Equal(["Globex", null], (await harness.JsonAsync("runs")).Select(run => (string?)run["tenant"]));
    }

    private Task<CommandOutcome> PreviewAsync(string environment, params string[] more)
        => harness.RunAsync(["variable", "preview", "--runbook", "Deploy", "--environment", environment, "--target", "WEB-1", .. more]);

    private async Task AddAsync()
    {
        await harness.JsonAsync("environment", "add", "Test");
        await harness.JsonAsync("tenant", "add", "Acme", "--tag", "Ring/Early");
        await harness.JsonAsync("target", "add", "web-1", "--local", "--environment", "Test", "--tag", "web", "--tenant", "Acme", "--tenant-tag", "Ring/Early");
    }
}
