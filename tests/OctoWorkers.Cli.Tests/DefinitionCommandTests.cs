using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

public sealed class DefinitionCommandTests : IDisposable
{
    private const string Infrastructure = """
        environments:
          - name: Production
        pools:
          - name: Setup
        workers:
          - { name: worker1, pools: [Setup], connection: local }
          - { name: worker2, pools: [Setup], connection: local }
          - { name: worker3, pools: [Setup], connection: local }
        """;

    private const string Runbooks = """
        runbooks:
          - name: Unleash the kraken
            steps:
              - name: Unleash
                pool: Setup
                bash: echo kraken
              - { name: RDS 1, pool: Setup, runbook: { name: Create RDS, wait: false } }
              - { name: RDS 2, pool: Setup, runbook: { name: Create RDS, wait: false } }
              - { name: RDS 3, pool: Setup, runbook: { name: Create RDS, wait: false } }
              - { name: RDS 4, pool: Setup, runbook: { name: Create RDS, wait: false } }
          - name: Create RDS
            steps:
              - { name: Create, pool: Setup, bash: echo rds }
        """;

    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenDefinitions_WhenAppliedTwice_ThenTheSecondTimeNothingChanges()
    {
        string[] files = [harness.WriteFile("a.yaml", Infrastructure), harness.WriteFile("b.yaml", Runbooks)];
        JArray first = (JArray)await harness.JsonAsync(["apply", .. files]);
        Assert.All(first, change => Assert.Equal("added", change.Value<string>("change")));
        Assert.Equal(7, first.Count);
        Assert.All((JArray)await harness.JsonAsync(["apply", .. files]), change => Assert.Equal("unchanged", change.Value<string>("change")));
        harness.WriteFile("b.yaml", Runbooks.Replace("echo rds", "echo changed", StringComparison.Ordinal));
        JToken changed = Assert.Single((JArray)await harness.JsonAsync(["apply", .. files]), change => change.Value<string>("change") == "changed");
        Assert.Equal("Create RDS", changed.Value<string>("name"));
    }

    [Fact]
    public async Task GivenReferenceToNothing_WhenApplied_ThenThePlaceIsNamedAndNothingIsStored()
    {
        string file = harness.WriteFile("a.yaml", $"{Infrastructure}\n{Runbooks.Replace("{ name: Create RDS, wait", "{ name: Create RSD, wait", StringComparison.Ordinal)}");
        CommandOutcome outcome = await harness.RunAsync("apply", file, "--output", "json");
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        JToken problem = JObject.Parse(outcome.Error)["problems"]![0]!;
        Assert.Equal(file, problem.Value<string>("file"));
        Assert.Contains("Create RDS", problem.Value<string>("message"), StringComparison.Ordinal);
        Assert.Empty((JArray)await harness.JsonAsync("environment", "list"));
    }

    [Fact]
    public async Task GivenRunbooksInACircle_WhenValidated_ThenTheChainIsNamed()
    {
        string file = harness.WriteFile("a.yaml", """
            runbooks:
              - name: A
                steps: [{ name: a, runbook: { name: B } }]
              - name: B
                steps: [{ name: b, runbook: { name: A } }]
            """);
        CommandOutcome outcome = await harness.RunAsync("validate", file);
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.Contains("A -> B -> A", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenFiles_WhenValidated_ThenNoStoreIsMade()
    {
        JToken counts = await harness.JsonAsync("validate", harness.WriteFile("a.yaml", $"{Infrastructure}\n{Runbooks}"));
        Assert.Equal(2, counts.Value<int>("runbooks"));
        Assert.False(Directory.Exists(harness.Home));
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("validate", Path.Combine(harness.Folder, "none.yaml"))).ExitCode);
    }

    [Fact]
    public async Task GivenUnrelatedFiles_WhenValidatedEach_ThenEachIsASetOfItsOwn()
    {
        string[] files = [harness.WriteFile("a.yaml", Infrastructure), harness.WriteFile("b.yaml", Infrastructure)];
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync(["validate", .. files])).ExitCode);
        Assert.Equal(6, (await harness.JsonAsync(["validate", "--each", .. files])).Value<int>("workers"));
        harness.WriteFile("b.yaml", Runbooks);
        CommandOutcome outcome = await harness.RunAsync(["validate", "--each", .. files]);
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.Contains("'Setup'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenNoWorkerForAStep_WhenPlannedAndRun_ThenBothExitWithTheSameCode()
    {
        string file = harness.WriteFile("a.yaml", """
            environments: [{ name: E }]
            pools: [{ name: Empty }]
            runbooks: [{ name: R, steps: [{ name: S, pool: Empty, bash: echo never }] }]
            """);
        Assert.Equal(ExitCodes.NoWorker, (await harness.RunAsync("plan", "R", "--environment", "E", "--file", file)).ExitCode);
        Assert.Equal(ExitCodes.NoWorker, (await harness.RunAsync("run", "R", "--environment", "E", "--file", file)).ExitCode);
        Assert.Equal(ExitCodes.NoWorker, (await harness.RunAsync("wait", "latest")).ExitCode);
        Assert.Equal("Failed", (await harness.JsonAsync("show", "latest")).Value<string>("status"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GivenKraken_WhenPlannedWithItsChildren_ThenWorkersAreDrawnInTurn(bool fromFiles)
    {
        string file = harness.WriteFile("a.yaml", $"{Infrastructure}\n{Runbooks}");
        if (!fromFiles)
        {
            await harness.JsonAsync("apply", file);
        }

        JToken plan = await harness.JsonAsync(["plan", "unleash the kraken", "--environment", "production", "--recurse", .. fromFiles ? (string[])["--file", file] : []]);
        Assert.Equal("worker1", plan.SelectToken("steps[0].worker"));
        Assert.Equal(
            ["worker1", "worker2", "worker3", "worker1"],
            plan["children"]!.Select(child => child.SelectToken("steps[0].worker")!.Value<string>()));
        Assert.Equal(fromFiles ? 0 : 1, ((JArray)await harness.JsonAsync("environment", "list")).Count);
    }

    [Fact]
    public async Task GivenPlan_WhenShownToPeople_ThenItHasTheCursorAndFits()
    {
        await harness.JsonAsync("apply", harness.WriteFile("a.yaml", $"{Infrastructure}\n{Runbooks}"));
        CommandOutcome outcome = await harness.RunAsync("plan", "Create RDS", "--environment", "Production");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("- → worker1", outcome.Out, StringComparison.Ordinal);
        Assert.All(outcome.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }
}
