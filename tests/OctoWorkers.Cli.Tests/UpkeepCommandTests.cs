using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

public sealed class UpkeepCommandTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenPolicy_WhenAddedChangedShownAndRemoved_ThenItIsWhatWasSaid()
    {
        string script = harness.WriteFile("check.sh", "true\n");
        JToken policy = await harness.JsonAsync(
            "policy", "add", "Builders", "--interval", "30m", "--bash-file", script, "--remove-unavailable-after", "3d", "--capability", "cmake=cmake --version");
        Assert.Equal(1_800_000, (long)policy["interval"]!);
        Assert.Equal("true\n", (string)policy["scripts"]!["Bash"]!);
        Assert.Equal("cmake --version", (string)policy["capabilities"]!["cmake"]!);
        JToken changed = await harness.JsonAsync("policy", "set", "builders", "--keep-unavailable", "--no-capabilities");
        Assert.Equal(JTokenType.Null, changed["removeUnavailableAfter"]!.Type);
        Assert.Empty(changed["capabilities"]!);
        Assert.Equal("true\n", (string)changed["scripts"]!["Bash"]!);
        await harness.JsonAsync("worker", "add", "w", "--local", "--policy", "Builders");
        Assert.Equal(ExitCodes.Conflict, (await harness.RunAsync("policy", "remove", "Builders")).ExitCode);
        Assert.Contains("Workers", (await harness.RunAsync("policy", "show", "Builders")).Out, StringComparison.Ordinal);
        Assert.Equal(["Builders", "Default Machine Policy"], (await harness.JsonAsync("policy", "list")).Select(one => (string)one["name"]!));
        await harness.JsonAsync("worker", "remove", "w");
        await harness.JsonAsync("policy", "remove", "Builders");
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "no unit", "policy", "add", "p", "--interval", "30")]
    [InlineData(ExitCodes.Usage, "NAME=COMMAND", "policy", "add", "p", "--capability", "cmake")]
    [InlineData(ExitCodes.Usage, "every check records it", "policy", "add", "p", "--capability", "os=uname")]
    [InlineData(ExitCodes.Usage, "cannot be read", "policy", "add", "p", "--bash-file", "/nowhere/at/all")]
    [InlineData(ExitCodes.Usage, "exclude each other", "policy", "set", "Default Machine Policy", "--keep-unavailable", "--remove-unavailable-after", "1d")]
    [InlineData(ExitCodes.NotFound, "MachinePolicyNotFound", "policy", "show", "p")]
    [InlineData(ExitCodes.NotFound, "MachinePolicyNotFound", "worker", "add", "w", "--local", "--policy", "p")]
    [InlineData(ExitCodes.Usage, "is not a retention", "environment", "add", "e", "--retention", "ten")]
    [InlineData(ExitCodes.Usage, "cannot be read", "store", "restore", "/nowhere/at/all")]
    public async Task GivenBadInput_WhenCalled_ThenTheMessageSaysWhatIsWrong(int exitCode, string said, params string[] arguments)
    {
        CommandOutcome outcome = await harness.RunAsync(arguments);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, outcome.ExitCode);
    }

    [Fact]
    public async Task GivenDefinitions_WhenApplied_ThenPoliciesAndRetentionAreThere()
    {
        string file = harness.WriteFile("infrastructure.yaml", """
            environments:
              - { name: Test, retention: { days: 7 } }
              - { name: Production, retention: forever }
            policies:
              - name: Linux
                interval: 5m
                kind: script
                scripts: { bash: exit 0, python: { file: check.py } }
                capabilities: [{ name: cmake, command: cmake --version }]
            workers:
              - { name: w, connection: local, pool: Default Worker Pool, policy: Linux }
            """);
        harness.WriteFile("check.py", "pass\n");
        Assert.Equal("added", (string)(await harness.JsonAsync("apply", file)).Single(change => (string)change["kind"]! == "machine policy")["change"]!);
        Assert.All(await harness.JsonAsync("apply", file), change => Assert.Equal("unchanged", (string)change["change"]!));
        Assert.Equal("Linux", (string)(await harness.JsonAsync("worker", "show", "w"))["policy"]!);
        Assert.Equal(["7 days", "forever"], (await harness.JsonAsync("environment", "list")).Select(one => (string)one["retention"]!));
        Assert.Equal("pass\n", (string)(await harness.JsonAsync("policy", "show", "Linux"))["scripts"]!["Python"]!);
        string bad = harness.WriteFile("bad.yaml", "environments: [{ name: e, retention: { keep: 0 } }]\npolicies: [{ name: p, kind: sometimes }]\nworkers: [{ name: x, connection: local, pool: Default Worker Pool, policy: Linus }]\n");
        CommandOutcome refused = await harness.RunAsync("validate", bad, file);
        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains("'keep': expected a whole number from 1", refused.Error, StringComparison.Ordinal);
        Assert.Contains("unknown word 'sometimes'", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAStore_WhenBackedUpCheckedCompactedAndRestored_ThenTheCommandsSaySo()
    {
        await harness.JsonAsync("environment", "add", "Test");
        string file = Path.Combine(harness.Folder, "backup");
        CommandOutcome backup = await harness.RunAsync("store", "backup", file);
        Assert.Equal(ExitCodes.Success, backup.ExitCode);
        Assert.Contains("octoworkers key backup", backup.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Conflict, (await harness.RunAsync("store", "backup", file)).ExitCode);
        foreach (string[] asked in (string[][])[["backup", Path.Combine(harness.Folder, "none.tgz")], ["check"]])
        {
            CommandOutcome mistyped = await harness.RunAsync(["store", .. asked, "--home", Path.Combine(harness.Folder, "mistyped")]);
            Assert.Equal(ExitCodes.Store, mistyped.ExitCode);
            Assert.Contains("There is no store in", mistyped.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(Path.Combine(harness.Folder, "mistyped")) || File.Exists(Path.Combine(harness.Folder, "none.tgz")));
        CommandOutcome nowhere = await harness.RunAsync("store", "backup", Path.Combine(harness.Folder, "nodir", "x.tgz"));
        Assert.Contains($"'{Path.Combine(harness.Folder, "nodir", "x.tgz")}' cannot be written: there is no folder", nowhere.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", nowhere.Error, StringComparison.Ordinal);
        Assert.True((bool)(await harness.JsonAsync("store", "check"))["isSound"]!);
        Assert.True((long)(await harness.JsonAsync("store", "compact"))["gained"]! >= 0);
        Assert.Equal(ExitCodes.Conflict, (await harness.RunAsync("store", "restore", file)).ExitCode);
        Directory.Delete(harness.Home, recursive: true);
        Assert.True((bool)(await harness.JsonAsync("store", "restore", file))["verified"]!);
        Assert.Equal("Test", (string)(await harness.JsonAsync("environment", "list"))[0]!["name"]!);
        Directory.CreateDirectory(Path.Combine(harness.Home, "artifacts", "RunbookRuns-9"));
        await File.WriteAllTextAsync(Path.Combine(harness.Home, "artifacts", "RunbookRuns-9", "1"), "", TestContext.Current.CancellationToken);
        CommandOutcome damaged = await harness.RunAsync("store", "check");
        Assert.Equal(ExitCodes.Failed, damaged.ExitCode);
        Assert.Contains("RunbookRuns-9, which is missing", damaged.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenRuns_WhenTheirLogIsExportedAndRetentionApplied_ThenBothAreDone()
    {
        string file = harness.WriteFile("runbook.yaml", "environments: [{ name: Test }]\nrunbooks: [{ name: Say, steps: [{ name: Say, bash: echo hello }] }]\n");
        await harness.RunAsync("run", "Say", "--environment", "Test", "--file", file);
        await harness.RunAsync("run", "Say", "--environment", "Test");
        string log = Path.Combine(harness.Folder, "run.jsonl");
        Assert.Equal(ExitCodes.Success, (await harness.RunAsync("log", "latest", "--export", log, "--format", "jsonl")).ExitCode);
        CommandOutcome printed = await harness.RunAsync("log", "latest", "--output", "json");
        Assert.Equal(printed.Out, await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
        Assert.Equal(ExitCodes.Conflict, (await harness.RunAsync("log", "latest", "--export", log)).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("log", "latest", "--force")).ExitCode);
        Assert.Empty(await harness.JsonAsync("retention", "apply", "--what-if"));
        await harness.JsonAsync("environment", "set", "Test", "--retention", "1 run");
        Assert.Equal("RunbookRuns-1", (string)Assert.Single(await harness.JsonAsync("retention", "apply", "--what-if"))["run"]!);
        Assert.Equal(2, (await harness.JsonAsync("runs")).Count());
        Assert.Single(await harness.JsonAsync("retention", "apply"));
        Assert.Single(await harness.JsonAsync("runs"));
    }
}
