using System.Text;
using Newtonsoft.Json.Linq;
using OctoWorkers.Storage;

namespace OctoWorkers.Cli.Tests;

public sealed class InterventionCommandTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CommandHarness harness = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => harness.Dispose();

    [Theory]
    [InlineData("Interruptions-1-1")]
    [InlineData("1-1")]
    [InlineData("1")]
    [InlineData("latest")]
    public async Task GivenWaitingRun_WhenNamedInAnyForm_ThenItIsShownTakenAndAnswered(string name)
    {
        await WaitingAsync();
        Assert.Equal("look", (await harness.JsonAsync("intervention", "show", name)).Value<string>("text"));
        Assert.Equal(System.Environment.UserName, (await harness.JsonAsync("intervention", "take", name)).Value<string>("assignee"));
        await harness.JsonAsync("intervention", "take", name);
        Assert.Single(await harness.JsonAsync("audit"), entry => entry.Value<string>("action") == "InterruptionTaken");
        JToken listed = Assert.Single((JArray)await harness.JsonAsync("intervention", "list"));
        Assert.Equal("Pending", listed.Value<string>("status"));
        int launches = harness.Launcher.Launches;
        JToken answered = await harness.JsonAsync("intervention", "proceed", name, "--notes", "fine");
        Assert.Equal(("Proceed", "fine", System.Environment.UserName), (answered.Value<string>("answer"), answered.Value<string>("notes"), answered.Value<string>("answeredBy")));
        Assert.True(harness.Launcher.Launches > launches);
        Assert.Empty((JArray)await harness.JsonAsync("intervention", "list"));
        Assert.Single((JArray)await harness.JsonAsync("intervention", "list", "--all"));
        CommandOutcome again = await harness.RunAsync("intervention", "abort", "1-1");
        Assert.Equal(ExitCodes.Conflict, again.ExitCode);
        Assert.StartsWith("octoworkers: InterruptionOver: ", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenWaitingRun_WhenOtherCommandsRun_ThenNoDriverIsStarted()
    {
        await WaitingAsync();
        int launches = harness.Launcher.Launches;
        Assert.Contains("Interruptions-1-1 waits for a person", (await harness.RunAsync("show", "1")).Out, StringComparison.Ordinal);
        Assert.Equal(launches, harness.Launcher.Launches);
    }

    [Theory]
    [InlineData(ExitCodes.NotFound, "InterruptionNotFound", "show", "7-1")]
    [InlineData(ExitCodes.NotFound, "RunNotFound", "show", "7")]
    [InlineData(ExitCodes.Usage, "InvalidArgument", "show", "Interruptions-x")]
    [InlineData(ExitCodes.Usage, "InvalidArgument", "retry", "1-1")]
    [InlineData(ExitCodes.Usage, "InvalidArgument", "proceed", "1-1", "--notes", "a", "--notes-file", "b")]
    [InlineData(ExitCodes.Usage, "InvalidArgument", "proceed", "1-1", "--notes-file", "/does/not/exist")]
    public async Task GivenBadInput_WhenGiven_ThenTheErrorSaysWhat(int exitCode, string error, params string[] arguments)
    {
        await WaitingAsync();
        CommandOutcome outcome = await harness.RunAsync(["intervention", .. arguments]);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.StartsWith($"octoworkers: {error}: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenNotesInAFile_WhenAnswered_ThenTheyAreReadAsUtf8()
    {
        await WaitingAsync();
        string file = harness.WriteFile("notes", "");
        await File.WriteAllBytesAsync(file, [0x61, 0xff], Stop);
        Assert.Contains("not UTF-8", (await harness.RunAsync("intervention", "proceed", "1-1", "--notes-file", file)).Error, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(file, [0x61, 0, 0x62], Stop);
        Assert.Contains("NUL", (await harness.RunAsync("intervention", "proceed", "1-1", "--notes-file", file)).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "größe\n", Encoding.UTF8, Stop);
        Assert.Equal("größe", (await harness.JsonAsync("intervention", "proceed", "1-1", "--notes-file", file)).Value<string>("notes"));
    }

    [Fact]
    public async Task GivenChanges_WhenTheAuditIsShown_ThenItNarrows()
    {
        await WaitingAsync();
        JArray all = (JArray)await harness.JsonAsync("audit");
        Assert.Equal(["DefinitionAdded", "DefinitionAdded", "RunRequested"], all.Select(entry => entry.Value<string>("action")));
        Assert.Single((JArray)await harness.JsonAsync("audit", "--run", "1"));
        Assert.Empty((JArray)await harness.JsonAsync("audit", "--who", "nobody-of-that-name"));
        Assert.Equal(3, ((JArray)await harness.JsonAsync("audit", "--since", "1h")).Count);
        Assert.Empty((JArray)await harness.JsonAsync("audit", "--since", "2999-01-01"));
        Assert.Single((JArray)await harness.JsonAsync("audit", "--limit", "1"));
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("audit", "--since", "yesterday")).ExitCode);
        Assert.Contains("RunRequested", (await harness.RunAsync("audit")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenGuidedFailure_WhenARunIsAskedFor_ThenTheWordCounts()
    {
        await harness.JsonAsync("environment", "add", "E", "--guided-failure", "on");
        string file = harness.WriteFile("d.yaml", "runbooks: [{ name: R, steps: [{ name: S, bash: echo }] }]");
        Assert.True((await harness.JsonAsync("run", "R", "--environment", "E", "--file", file, "--detach")).Value<bool>("guidedFailure"));
        Assert.False((await harness.JsonAsync("run", "R", "--environment", "E", "--detach", "--guided-failure", "OFF")).Value<bool>("guidedFailure"));
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("run", "R", "--environment", "E", "--guided-failure", "maybe")).ExitCode);
    }

    // A run of which nobody takes care waits for a person.
    private async Task WaitingAsync()
    {
        string file = harness.WriteFile("a.yaml", "environments: [{ name: E }]\nrunbooks: [{ name: R, steps: [{ name: S, manual: look }] }]");
        await harness.JsonAsync("run", "R", "--environment", "E", "--file", file, "--detach");
        await using SqliteStore store = await harness.OpenStoreAsync();
        InterruptionRaised raised = new(1, 1, "S", InterruptionKind.Manual, "look", [], [InterruptionAnswer.Proceed, InterruptionAnswer.Abort]) { At = Now };
        await store.CommitAsync(new(new(1), 1) { Events = [new RunPlanned(new([], [])) { At = Now }, new RunStarted { At = Now }, new AttemptIntended(1, 1, null, null) { At = Now }, raised] }, Stop);
    }
}
