using System.Runtime.InteropServices;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

/// <summary>Runs on this machine as a worker.</summary>
public sealed class ForegroundRunTests : IDisposable
{
    private readonly CommandHarness harness = new();

    private string Begun => Path.Combine(harness.Folder, "begun");

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenRun_WhenFollowed_ThenLogErrorsAndSummaryAreShown()
    {
        CommandOutcome outcome = await RunAsync("echo \"it's out\"; echo wrong >&2");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("[Work @ Built-in Worker] it's out\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("[Work @ Built-in Worker] wrong\n", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("RunbookRuns-1: Success after", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenFailingRun_WhenFollowedAsJson_ThenEachLineIsAnObjectAndItExitsWithOne()
    {
        CommandOutcome outcome = await RunAsync("echo out; exit 3", "--output", "json");
        Assert.Equal(ExitCodes.Failed, outcome.ExitCode);
        JObject[] lines = [.. outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse)];
        Assert.Equal("run", lines[0].Value<string>("type"));
        Assert.Equal("plan", lines[1].Value<string>("type"));
        Assert.Contains(lines, line => line.Value<string>("type") == "log" && line.Value<string>("text") == "out");
        Assert.Equal("Failed", lines[^1].Value<string>("status"));
        Assert.Equal(3, lines[^1].SelectToken("steps[0].attempts[0].exitCode"));
    }

    [Fact]
    public async Task GivenRunUnderWay_WhenInterruptedOnce_ThenItSaysSoAndCancels()
    {
        Task<CommandOutcome> run = RunAsync(Endless());
        await BegunAsync();
        await harness.Signals.SendAsync(PosixSignal.SIGINT);
        CommandOutcome outcome = await run;
        Assert.Equal(ExitCodes.Canceled, outcome.ExitCode);
        Assert.Contains("Canceling RunbookRuns-1; press Ctrl+C again to leave that to the background driver.", outcome.Error, StringComparison.Ordinal);
        Assert.NotNull((await harness.JsonAsync("show", "1")).SelectToken("steps[0].attempts[0].receipt.verdict"));
    }

    [Fact]
    public async Task GivenRunUnderWay_WhenTheTerminalIsGone_ThenTheDriverGoesOnWithIt()
    {
        Task<CommandOutcome> run = RunAsync(Endless());
        await BegunAsync();
        await harness.Signals.SendAsync(PosixSignal.SIGHUP);
        CommandOutcome outcome = await run;
        Assert.Equal(129, outcome.ExitCode);
        Assert.Contains("RunbookRuns-1 goes on in the background", outcome.Error, StringComparison.Ordinal);
        Assert.True(harness.Launcher.Launches > 0);
        Assert.Equal("Executing", (await harness.JsonAsync("show", "1")).Value<string>("status"));
        await harness.JsonAsync("setting", "set", "driverIdle", "0");
        await harness.JsonAsync("cancel", "1", "--no-wait");
        Assert.Equal(0, (await harness.RunAsync("driver")).ExitCode);
        Assert.Equal("Canceled", (await harness.JsonAsync("show", "1")).Value<string>("status"));
        Assert.Equal(ExitCodes.Canceled, (await harness.RunAsync("wait", "latest")).ExitCode);
        Assert.Equal(0, (await harness.RunAsync("remove", "1")).ExitCode);
    }

    [Fact]
    public async Task GivenTerminal_WhenAScriptReportsProgress_ThenItIsDrawnBelowTheLogAndTakenAway()
    {
        harness.CanRedraw = true;
        harness.Written = text =>
        {
            if (text.Contains("50 % half", StringComparison.Ordinal))
            {
                File.WriteAllText(Begun, "");
            }
        };
        CommandOutcome outcome = await RunAsync($"update_progress 50 $'half\\e[31m'; until [ -e '{Begun}' ]; do sleep 0.1; done; echo 'and on'");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("\n[Work @ Built-in Worker] 50 % half\\u001b[31m\r\u001b[2K", outcome.Out, StringComparison.Ordinal);
        string left = System.Text.RegularExpressions.Regex.Replace(outcome.Out, "[^\n]*\r\u001b\\[2K", "");
        Assert.Contains("\n[Work @ Built-in Worker] and on\n", left, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', left);
        Assert.DoesNotContain("50 %", left, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "table")]
    [InlineData(true, "json")]
    public async Task GivenNoTerminalOrJson_WhenAScriptReportsProgress_ThenNothingOfItIsDrawn(bool canRedraw, string format)
    {
        harness.CanRedraw = canRedraw;
        CommandOutcome outcome = await RunAsync("update_progress 50 half; echo on", "--output", format);
        Assert.Equal(0, outcome.ExitCode);
        Assert.DoesNotContain('\r', outcome.Out);
        Assert.DoesNotContain('\u001b', outcome.Out);
        Assert.DoesNotContain("half", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenLevel_WhenTheLogIsShown_ThenOnlyItsLinesAndGraverOnesAre()
    {
        await RunAsync("write_verbose v; echo i; write_wait t; write_highlight h; write_warning w; echo e >&2");
        (string Level, string[] Texts)[] wanted =
        [
            ("verbose", ["v", "i", "t", "h", "w", "e"]), ("Information", ["i", "t", "h", "w", "e"]), ("wait", ["i", "t", "h", "w", "e"]), ("Highlight", ["h", "w", "e"]),
            ("WARNING", ["w", "e"]), ("Error", ["e"]), ("Fatal", []),
        ];
        foreach ((string level, string[] texts) in wanted)
        {
            CommandOutcome log = await harness.RunAsync("log", "1", "--step", "1", "--level", level, "--output", "json");
            Assert.Equal(
                texts.Order(StringComparer.Ordinal),
                log.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JObject.Parse(line).Value<string>("text")!).Order(StringComparer.Ordinal));
        }

        CommandOutcome wrong = await harness.RunAsync("log", "1", "--level", "warn");
        Assert.Equal(ExitCodes.Usage, wrong.ExitCode);
        Assert.StartsWith("octoworkers: InvalidArgument: There is no level 'warn'", wrong.Error, StringComparison.Ordinal);
    }

    private string Endless() => $"touch '{Begun}'; while [ -e '{Begun}' ]; do sleep 0.1; done";

    private async Task BegunAsync()
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(2));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(Begun))
        {
            await timer.WaitForNextTickAsync(timeout.Token);
        }
    }

    private Task<CommandOutcome> RunAsync(string script, params string[] options)
    {
        string file = harness.WriteFile("a.yaml", $"""
            environments:
              - name: Production
            runbooks:
              - name: Job
                steps:
                  - name: Work
                    bash: |
                      {script}
            """);
        return harness.RunAsync(["run", "Job", "--environment", "Production", "--file", file, .. options]);
    }
}
