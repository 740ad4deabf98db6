using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

public sealed class InfrastructureCommandTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenWorker_WhenAddedAndListed_ThenJsonHasItsMembers()
    {
        await harness.JsonAsync("pool", "add", "Setup");
        await harness.JsonAsync("worker", "add", "w1", "--host", "example.test", "--port", "2222", "--user", "u", "--pool", "Setup", "--tag", "a", "--tag", "b");
        JObject worker = (JObject)Assert.Single((JArray)await harness.JsonAsync("worker", "list"));
        Assert.Equal(["id", "name", "connection", "pools", "tags", "state", "policy", "leases", "maxSteps", "drainDeadline", "drainCancels", "health"], worker.Properties().Select(property => property.Name));
        Assert.Equal("ssh", worker.SelectToken("connection.kind"));
        Assert.Equal(2222, worker.SelectToken("connection.port"));
        Assert.Equal("Unknown", worker.SelectToken("health.status"));
        Assert.Equal(["a", "b"], worker["tags"]!.Values<string>());
        Assert.Equal(["w1"], (await harness.JsonAsync("pool", "show", "setup"))["workers"]!.Values<string>());
    }

    [Fact]
    public async Task GivenNoPool_WhenWorkerIsAdded_ThenItIsInTheDefaultPool()
        => Assert.Equal(["Default Worker Pool"], (await harness.JsonAsync("worker", "add", "w", "--local"))["pools"]!.Values<string>());

    [Theory]
    [InlineData("enable", "Enabled")]
    [InlineData("disable", "Disabled")]
    [InlineData("drain", "Draining")]
    public async Task GivenWorker_WhenItsStateIsSet_ThenItHasIt(string verb, string state)
    {
        await harness.JsonAsync("worker", "add", "w", "--local");
        await harness.JsonAsync("worker", verb, "W");
        Assert.Equal(state, (await harness.JsonAsync("worker", "show", "w")).Value<string>("state"));
    }

    [Fact]
    public async Task GivenWorkerOfThatName_WhenAdded_ThenItConflicts()
    {
        await harness.JsonAsync("worker", "add", "w", "--local");
        CommandOutcome outcome = await harness.RunAsync("worker", "add", "W", "--local");
        Assert.Equal(ExitCodes.Conflict, outcome.ExitCode);
        Assert.StartsWith("octoworkers: AlreadyExists: ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("worker", "WorkerNotFound")]
    [InlineData("pool", "WorkerPoolNotFound")]
    [InlineData("runbook", "RunbookNotFound")]
    public async Task GivenUnknownName_WhenShown_ThenItIsNotFound(string noun, string error)
    {
        CommandOutcome outcome = await harness.RunAsync(noun, "show", "nowhere");
        Assert.Equal(ExitCodes.NotFound, outcome.ExitCode);
        Assert.StartsWith($"octoworkers: {error}: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenMistypedWorker_WhenShown_ThenTheNearestIsNamed()
    {
        await harness.JsonAsync("worker", "add", "builder", "--local");
        Assert.Contains("did you mean 'builder'?", (await harness.RunAsync("worker", "show", "bulider")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenPools_WhenAnotherIsMadeDefault_ThenOnlyThatIsTheDefault()
    {
        await harness.JsonAsync("pool", "add", "Setup", "--description", "d");
        JToken pool = await harness.JsonAsync("pool", "set-default", "setup");
        Assert.Equal("d", pool.Value<string>("description"));
        JArray pools = (JArray)await harness.JsonAsync("pool", "list");
        Assert.Equal(["Setup"], pools.Where(one => one.Value<bool>("isDefault")).Select(one => one.Value<string>("name")));
        Assert.Equal(ExitCodes.Conflict, (await harness.RunAsync("pool", "remove", "Setup")).ExitCode);
        await harness.JsonAsync("pool", "remove", "Default Worker Pool");
    }

    [Fact]
    public async Task GivenEnvironment_WhenAddedAndRemoved_ThenItIsGone()
    {
        await harness.JsonAsync("environment", "add", "Production");
        Assert.Single((JArray)await harness.JsonAsync("environment", "list"));
        await harness.JsonAsync("environment", "remove", "production");
        Assert.Empty((JArray)await harness.JsonAsync("environment", "list"));
        Assert.Empty((JArray)await harness.JsonAsync("lease", "list"));
    }

    [Fact]
    public async Task GivenSetting_WhenSetAndReset_ThenTheListSaysSo()
    {
        await harness.JsonAsync("setting", "set", "TASKCAP", "7");
        Assert.Equal("7", await ValueAsync());
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("setting", "set", "taskCap", "none")).ExitCode);
        await harness.JsonAsync("setting", "reset", "taskCap");
        Assert.Null(await ValueAsync());
        CommandOutcome unknown = await harness.RunAsync("setting", "set", "taskCup", "1");
        Assert.Equal(ExitCodes.NotFound, unknown.ExitCode);
        Assert.Contains("did you mean 'taskCap'?", unknown.Error, StringComparison.Ordinal);

        async Task<string?> ValueAsync()
            => (await harness.JsonAsync("setting", "list")).Single(one => one.Value<string>("name") == "taskCap").Value<string>("value");
    }

    [Fact]
    public async Task GivenLongNames_WhenListedIntoAPipe_ThenLinesFitEightyColumnsWithoutColours()
    {
        string name = string.Concat(Enumerable.Repeat("long name ", 15)).Trim();
        await harness.JsonAsync("worker", "add", name, "--host", "a-host-with-a-rather-long-name.example.test");
        CommandOutcome outcome = await harness.RunAsync("worker", "list");
        Assert.All(outcome.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain('\u001b', outcome.Out);
    }

    [Fact]
    public async Task GivenAnEnvironment_WhenPartOfItIsSet_ThenTheRestStays()
    {
        await harness.JsonAsync("environment", "add", "Test", "--guided-failure", "on");
        Assert.Equal("On", (string)(await harness.JsonAsync("environment", "set", "Test", "--description", "for tests"))["guidedFailure"]!);
        JToken changed = await harness.JsonAsync("environment", "set", "Test", "--guided-failure", "off");
        Assert.Equal(("Off", "for tests"), ((string)changed["guidedFailure"]!, (string)changed["description"]!));
    }
}
