using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Theory]
    [InlineData("rnus", "'runs'")]
    [InlineData("wroker", "'worker'")]
    public async Task GivenMistypedCommand_WhenCalled_ThenTheNearestIsNamed(string typed, string meant)
    {
        CommandOutcome outcome = await harness.RunAsync(typed);
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.StartsWith("octoworkers: InvalidArgument: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"did you mean {meant}?", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    [Fact]
    public async Task GivenMistypedSubcommandAndOption_WhenCalled_ThenTheNearestIsNamed()
    {
        Assert.Contains("did you mean 'list'?", (await harness.RunAsync("worker", "lst")).Error, StringComparison.Ordinal);
        Assert.Contains("did you mean '--runbook'?", (await harness.RunAsync("runs", "--runbok", "x")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("worker")]
    [InlineData("run", "x")]
    [InlineData("runs", "--limit", "many")]
    [InlineData("runs", "--limit", "0")]
    [InlineData("runs", "--status", "Sucess")]
    [InlineData("runs", "--output", "xml")]
    [InlineData("show", "seven")]
    [InlineData("rerun", "1")]
    [InlineData("worker", "add", "w")]
    [InlineData("worker", "add", "w", "--local", "--host", "h")]
    [InlineData("worker", "add", "w", "--local", "--port", "22")]
    [InlineData("worker", "test")]
    [InlineData("run", "x", "--environment", "e", "--detach", "--recurse")]
    public async Task GivenUnusableArguments_WhenCalled_ThenItExitsWithTwo(params string[] arguments)
    {
        CommandOutcome outcome = await harness.RunAsync(arguments);
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.NotEmpty(outcome.Error);
    }

    [Theory]
    [InlineData("--host", "-oProxyCommand=touch /tmp/owned")]
    [InlineData("--host", "-oProxyCommand=touch")]
    [InlineData("--host", "h", "--user", "-oProxyCommand=touch")]
    [InlineData("--host", "h;reboot")]
    public async Task GivenHostThatLooksLikeAnOption_WhenAdded_ThenItIsRefused(params string[] connection)
    {
        CommandOutcome outcome = await harness.RunAsync(["worker", "add", "w", .. connection]);
        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.StartsWith("octoworkers: InvalidDefinition: The ssh ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty((JArray)await harness.JsonAsync("worker", "list"));
    }

    [Fact]
    public async Task GivenVersionOption_WhenCalled_ThenNoStoreIsMade()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await harness.RunAsync("--version")).Out);
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await harness.RunAsync("--version", "--debug")).Out);
        Assert.False(Directory.Exists(harness.Home));
    }

    [Theory]
    [InlineData("--help", "apply")]
    [InlineData("worker --help", "drain")]
    [InlineData("run --help", "--on-interrupt")]
    public async Task GivenHelp_WhenCalled_ThenItIsShownAndTheDriverIsHidden(string arguments, string expected)
    {
        CommandOutcome outcome = await harness.RunAsync(arguments.Split(' '));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(expected, outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("  driver", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenJsonOutput_WhenSomethingFails_ThenTheErrorIsOneJsonObject()
    {
        CommandOutcome outcome = await harness.RunAsync("show", "9", "--output", "json");
        JObject error = JObject.Parse(outcome.Error);
        Assert.Equal(["error", "message", "exitCode"], error.Properties().Select(property => property.Name));
        Assert.Equal("RunNotFound", error.Value<string>("error"));
        Assert.Equal(ExitCodes.NotFound, outcome.ExitCode);
        Assert.Equal(ExitCodes.NotFound, error.Value<int>("exitCode"));
        JObject usage = JObject.Parse((await harness.RunAsync("show", "--output", "json")).Error);
        Assert.Equal("InvalidArgument", usage.Value<string>("error"));
    }
}
