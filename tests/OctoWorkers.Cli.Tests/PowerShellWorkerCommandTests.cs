using Newtonsoft.Json.Linq;
using OctoWorkers.TestKit.Secrets;

namespace OctoWorkers.Cli.Tests;

public sealed class PowerShellWorkerCommandTests : IDisposable
{
    private const string Secret = "correct horse battery";

    private readonly CommandHarness harness = new() { SecretInput = Secret };

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenSessionsOverSsh_WhenAdded_ThenJsonAndShowSayHow()
    {
        JToken made = await harness.JsonAsync(
            "worker", "add", "w", "--powershell", "--host", "h", "--port", "2222", "--user", "u", "--subsystem", "pwsh-7", "--max-sessions", "4", "--host-keys", "strict");
        JToken connection = made["connection"]!;
        Assert.Equal(("powershell", "pwsh-7", 4), ((string)connection["kind"]!, (string)connection["subsystem"]!, (int)connection["maxSessions"]!));
        Assert.Equal(("ssh", "h", 2222, "Strict"), ((string)connection["via"]!["kind"]!, (string)connection["via"]!["host"]!, (int)connection["via"]!["port"]!, (string)connection["via"]!["hostKeyPolicy"]!));
        string shown = (await harness.RunAsync("worker", "show", "w")).Out;
        Assert.Contains("PowerShell over ssh, subsystem 'pwsh-7'", shown, StringComparison.Ordinal);
        Assert.Contains("u@h:2222", shown, StringComparison.Ordinal);
        Assert.Contains("at most 4", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Shell  ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenSessionsOfThisMachine_WhenAdded_ThenTheyAreLocal()
    {
        JToken made = await harness.JsonAsync("worker", "add", "w", "--powershell", "--local");
        Assert.Equal("local", (string)made.SelectToken("connection.via.kind")!);
        await harness.JsonAsync("worker", "add", "plain", "--host", "h");
        await harness.JsonAsync("worker", "add", "far", "--powershell", "--host", "h");
        string workers = (await harness.RunAsync("worker", "list")).Out;
        Assert.Matches(@"(?m)^w +powershell local +", workers);
        Assert.Matches(@"(?m)^plain +ssh h +", workers);
        Assert.Matches(@"(?m)^far +powershell ssh h +", workers);
    }

    [Theory]
    [InlineData("--password-stdin")]
    [InlineData("--password-file")]
    [InlineData("--password-env")]
    public async Task GivenAComputerWithAPassword_WhenAdded_ThenThePasswordIsSealedAndNowhereToBeSeen(string source)
    {
        harness.Environment["WINRM_PASSWORD"] = Secret;
        string[] given = source switch
        {
            "--password-file" => [source, harness.WriteFile("password", $"{Secret}\r\n")],
            "--password-env" => [source, "WINRM_PASSWORD"],
            _ => [source],
        };
        CommandOutcome made = await harness.RunAsync(
            ["worker", "add", "w", "--winrm", "win1.example.test", "--use-ssl", "--authentication", "basic", "--user", @"EXAMPLE\ana", .. given, "--output", "json"]);
        Assert.True(made.ExitCode == 0, made.Error);
        JToken way = JToken.Parse(made.Out).SelectToken("connection.via")!;
        Assert.Equal(
            ("winrm", "win1.example.test", true, "Basic", true),
            ((string)way["kind"]!, (string)way["computer"]!, (bool)way["useSsl"]!, (string)way["authentication"]!, (bool)way["hasPassword"]!));
        string shown = (await harness.RunAsync("worker", "show", "w")).Out;
        Assert.Contains("********", shown, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await harness.JsonAsync("key", "show"))[0]!["secrets"]!);
        await harness.JsonAsync("key", "rotate");
        Assert.Equal(1, (int)Assert.Single(await harness.JsonAsync("key", "show"))["secrets"]!);
        Assert.Empty(SecretSearch.For(Secret).InFiles(harness.Home));
        Assert.DoesNotContain("horse", made.Out + made.Error + shown + (await harness.RunAsync("audit", "list")).Out, StringComparison.Ordinal);

        await using var store = await harness.OpenStoreAsync();
        WorkerRecord worker = Assert.Single(await store.GetWorkersAsync(TestContext.Current.CancellationToken));
        SealedText token = ((WinRmConnection)((PowerShellConnection)worker.Connection).Via).Password!.Value;
        Assert.Equal(Secret, harness.Secrets.Open(token));
    }

    [Theory]
    [InlineData("Give one of --local, --host and --winrm", "--host", "h", "--winrm", "c")]
    [InlineData("Say how it is reached", "--powershell")]
    [InlineData("give --powershell too", "--host", "h", "--subsystem", "powershell")]
    [InlineData("give --powershell too", "--local", "--max-sessions", "3")]
    [InlineData("--subsystem is for PowerShell sessions over ssh", "--local", "--powershell", "--subsystem", "p")]
    [InlineData("--use-ssl is for workers with --winrm", "--host", "h", "--powershell", "--use-ssl")]
    [InlineData("--password-stdin is for workers with --winrm", "--host", "h", "--password-stdin")]
    [InlineData("Leave --identity-file out with --winrm", "--winrm", "c", "--identity-file", "/k")]
    [InlineData("Leave --shell out with --powershell", "--winrm", "c", "--shell", "dash")]
    [InlineData("Leave --port out with --local", "--local", "--powershell", "--port", "22")]
    [InlineData("A password belongs to a user", "--winrm", "c", "--password-stdin")]
    [InlineData("Give one of --password-stdin", "--winrm", "c", "--user", "u", "--password-stdin", "--password-env", "X")]
    [InlineData("the environment has no variable 'NOT_THERE'", "--winrm", "c", "--user", "u", "--password-env", "NOT_THERE")]
    [InlineData("no name or address of a computer", "--winrm", "a b")]
    [InlineData("Use TLS", "--winrm", "c", "--user", "u", "--authentication", "basic", "--password-stdin")]
    [InlineData("is no name of one", "--host", "h", "--powershell", "--subsystem", "a b")]
    [InlineData("not at least 1", "--local", "--powershell", "--max-sessions", "0")]
    public async Task GivenWhatDoesNotGoTogether_WhenAdded_ThenItIsRefused(string expected, params string[] options)
    {
        CommandOutcome outcome = await harness.RunAsync(["worker", "add", "w", .. options]);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Empty((JArray)await harness.JsonAsync("worker", "list"));
    }

    [Fact]
    public async Task GivenOnlyPowerShellSessions_WhenABashStepIsPlanned_ThenItSaysWhy()
    {
        await harness.JsonAsync("environment", "add", "Test");
        await harness.JsonAsync("worker", "add", "w", "--powershell", "--host", "h");
        string file = harness.WriteFile("r.yaml", "runbooks: [{ name: R, steps: [{ name: S, bash: echo }] }]");
        CommandOutcome outcome = await harness.RunAsync("plan", "R", "--environment", "Test", "--file", file);
        Assert.Equal(ExitCodes.NoWorker, outcome.ExitCode);
        Assert.Contains("lacks bash: through PowerShell sessions only PowerShell steps run: w", outcome.Error, StringComparison.Ordinal);
    }
}
