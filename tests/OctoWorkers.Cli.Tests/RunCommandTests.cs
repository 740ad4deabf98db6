using Newtonsoft.Json.Linq;
using OctoWorkers.Storage;

namespace OctoWorkers.Cli.Tests;

public sealed class RunCommandTests : IDisposable
{
    private const string Definitions = """
        environments:
          - name: Production
        runbooks:
          - name: Hello
            steps:
              - { name: Say hello, bash: echo hello }
        """;

    private static readonly string[] SummaryMembers =
    [
        "id", "runbook", "environment", "tenant", "status", "created", "started", "ended", "createdBy", "parent", "error", "waitingFor", "waits", "priority",
        "concurrencyTag", "queueExpires",
    ];

    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenDetachedRun_WhenStarted_ThenItIsQueuedAndTheDriverIsStarted()
    {
        JToken run = await StartAsync();
        Assert.Equal("RunbookRuns-1", run.Value<string>("id"));
        Assert.Equal("Queued", run.Value<string>("status"));
        Assert.True(harness.Launcher.Launches > 0);
    }

    [Fact]
    public async Task GivenRuns_WhenListed_ThenFiltersAndPagesHold()
    {
        for (int i = 0; i < 3; i++)
        {
            await StartAsync();
        }

        JArray all = (JArray)await harness.JsonAsync("runs");
        Assert.Equal(["RunbookRuns-3", "RunbookRuns-2", "RunbookRuns-1"], all.Select(run => run.Value<string>("id")));
        Assert.Equal(SummaryMembers, ((JObject)all[0]).Properties().Select(property => property.Name));
        Assert.Matches(@"""created"": ?""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z""", (await harness.RunAsync("runs", "--output", "json")).Out);
        Assert.Single((JArray)await harness.JsonAsync("runs", "--limit", "1"));
        Assert.Equal("RunbookRuns-1", (await harness.JsonAsync("runs", "--before", "2"))[0]!.Value<string>("id"));
        Assert.Equal(3, ((JArray)await harness.JsonAsync("runs", "--status", "queued", "--status", "failed")).Count);
        Assert.Empty((JArray)await harness.JsonAsync("runs", "--status", "Failed"));
        Assert.Empty((JArray)await harness.JsonAsync("runs", "--parent", "latest"));
        Assert.Equal(0, (await harness.RunAsync("runs", "--all")).ExitCode);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("runbookruns-1")]
    [InlineData("latest")]
    public async Task GivenRun_WhenNamedInAnyForm_ThenItIsShown(string name)
    {
        await StartAsync();
        JObject run = (JObject)await harness.JsonAsync("show", name);
        Assert.Equal("RunbookRuns-1", run.Value<string>("id"));
        Assert.Equal("Say hello", run.SelectToken("steps[0].name"));
        Assert.Equal("Pending", run.SelectToken("steps[0].status"));
        Assert.Equal(0, (await harness.RunAsync("show", name)).ExitCode);
    }

    [Fact]
    public async Task GivenNoRuns_WhenTheLatestIsWanted_ThenItIsNotFound()
        => Assert.Equal(ExitCodes.NotFound, (await harness.RunAsync("show", "latest")).ExitCode);

    [Theory]
    [InlineData("Helo", "Production", "RunbookNotFound")]
    [InlineData("Hello", "Produktion", "EnvironmentNotFound")]
    public async Task GivenUnknownRunbookOrEnvironment_WhenRun_ThenItIsNotFound(string runbook, string environment, string error)
    {
        await ApplyAsync();
        foreach (string verb in (string[])["run", "plan"])
        {
            CommandOutcome outcome = await harness.RunAsync(verb, runbook, "--environment", environment);
            Assert.Equal(ExitCodes.NotFound, outcome.ExitCode);
            Assert.StartsWith($"octoworkers: {error}: ", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task GivenRunUnderWay_WhenRemoved_ThenItConflicts()
    {
        await StartAsync();
        Assert.Equal(ExitCodes.Conflict, (await harness.RunAsync("remove", "1")).ExitCode);
    }

    [Fact]
    public async Task GivenQueuedRun_WhenCanceledWithoutWaiting_ThenTheWishIsStored()
    {
        await StartAsync();
        JToken run = await harness.JsonAsync("cancel", "latest", "--no-wait", "--reason", "not today");
        Assert.Equal("RunbookRuns-1", run.Value<string>("id"));
        await using SqliteStore store = await harness.OpenStoreAsync();
        EngineId engine = EngineId.New();
        await store.ClaimRunAsync(new(1), engine, null, TestContext.Current.CancellationToken);
        Assert.Equal("not today", Assert.Single(await store.GetCancelRequestsAsync(engine, TestContext.Current.CancellationToken)).Reason);
    }

    [Fact]
    public async Task GivenLogOfRunThatHasNotBegun_WhenPrinted_ThenItIsEmptyAndLinesCountFromOne()
    {
        await StartAsync();
        Assert.Equal("", (await harness.RunAsync("log", "1")).Out);
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("log", "1", "--from", "0")).ExitCode);
        Assert.Equal(ExitCodes.NotFound, (await harness.RunAsync("log", "2")).ExitCode);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("-1")]
    public async Task GivenStepThatTheRunDoesNotHave_WhenItsLogIsPrinted_ThenItSaysWhichThereAre(string step)
    {
        await StartAsync();
        CommandOutcome outcome = await harness.RunAsync("log", "1", $"--step={step}");
        Assert.Equal(ExitCodes.NotFound, outcome.ExitCode);
        Assert.Contains("1 (Say hello)", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await harness.RunAsync("log", "1", "--step", "1")).ExitCode);
        Assert.Equal(0, (await harness.RunAsync("log", "1", "--step", "0")).ExitCode);
    }

    [Fact]
    public async Task GivenReferencesToWhatOnlyAStoreHolds_WhenValidatedWithoutIt_ThenTheOptionIsNamed()
    {
        string file = harness.WriteFile("b.yaml", "runbooks: [{ name: A, steps: [{ name: B, pool: Elsewhere, bash: echo }] }]");
        Assert.Contains("--with-store", (await harness.RunAsync("validate", file)).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--with-store", (await harness.RunAsync("validate", file, "--with-store")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenEnvironment_WhenAddedAgain_ThenItIsSaidInGoodEnglish()
    {
        await harness.JsonAsync("environment", "add", "e");
        Assert.Contains("There is already an environment 'e'.", (await harness.RunAsync("environment", "add", "e")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenRunThatNobodyDrives_WhenRunsAreRead_ThenTheDriverIsStartedAndTheReaderDrivesNothing()
    {
        await StartAsync();
        int before = harness.Launcher.Launches;
        await harness.JsonAsync("runs");
        Assert.Equal(before + 1, harness.Launcher.Launches);
        Assert.Equal("Queued", (await harness.JsonAsync("show", "1")).Value<string>("status"));
    }

    [Fact]
    public async Task GivenStoreThatCannotBeOpened_WhenDoctorLooks_ThenItIsAProblemAndNotACrash()
    {
        Directory.CreateDirectory(harness.Home);
        string file = Assert.Single(Directory.GetFiles(await MadeStoreAsync(), "*.db"));
        await File.WriteAllTextAsync(file, new string('x', 8192), TestContext.Current.CancellationToken);
        CommandOutcome list = await harness.RunAsync("runs");
        Assert.Equal(ExitCodes.Store, list.ExitCode);
        CommandOutcome doctor = await harness.RunAsync("doctor", "--output", "json");
        Assert.Equal(ExitCodes.Failed, doctor.ExitCode);
        Assert.Contains(JArray.Parse(doctor.Out), finding => finding.Value<string>("subject") == "store" && finding.Value<string>("verdict") == "Problem");
    }

    [Fact]
    public async Task GivenSoundStore_WhenDoctorLooksWithoutWorkers_ThenItFindsNoProblem()
    {
        JArray findings = (JArray)await harness.JsonAsync("doctor", "--no-workers");
        Assert.Contains(findings, finding => finding.Value<string>("subject") == "store" && finding.Value<string>("verdict") == "Ok");
        Assert.All((await harness.RunAsync("doctor", "--no-workers")).Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    private async Task<string> MadeStoreAsync()
    {
        await using SqliteStore store = await harness.OpenStoreAsync();
        return harness.Home;
    }

    private async Task ApplyAsync() => await harness.JsonAsync("apply", harness.WriteFile("a.yaml", Definitions));

    private async Task<JToken> StartAsync()
        => await harness.JsonAsync("run", "Hello", "--environment", "Production", "--detach", "--file", harness.WriteFile("a.yaml", Definitions));
}
