using System.IO.Compression;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

public sealed class PackageCommandTests : IDisposable
{
    private readonly CommandHarness harness = new();
    private readonly List<string> acquired = [];

    // The cache of a worker that is this machine is the user's own.
    private static string Cache => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } home ? home : Path.Combine(Environment.GetEnvironmentVariable("HOME")!, ".local", "state"),
        "octoworkers", "packages");

    public void Dispose()
    {
        foreach (string hash in acquired)
        {
            File.Delete(Path.Combine(Cache, hash));
        }

        harness.Dispose();
    }

    [Fact]
    public async Task GivenPackages_WhenPushedListedAndAcquired_ThenTheyAreWhereTheyShouldBe()
    {
        Assert.Contains("no packages", (await harness.RunAsync("package", "list")).Out, StringComparison.Ordinal);
        JToken pushed = await harness.JsonAsync("package", "push", Zip("Acme.Web.1.2.0.zip", "one"));
        JToken newest = await harness.JsonAsync("package", "push", Zip("Acme.Web.1.10.0.zip", "two"));
        acquired.AddRange([(string)pushed["hash"]!, (string)newest["hash"]!]);
        await harness.JsonAsync("package", "push", Zip("Tool.2.zip", "tool"));
        Assert.Equal(["Acme.Web 1.10.0", "Acme.Web 1.2.0", "Tool 2"], (await harness.JsonAsync("package", "list")).Select(one => $"{one["packageId"]} {one["version"]}"));
        Assert.Equal(2, (await harness.JsonAsync("package", "list", "acme.web")).Count());
        Assert.Empty(await harness.JsonAsync("package", "list", "nothing"));
        await harness.JsonAsync("worker", "add", "w", "--local");
        JToken first = Assert.Single(await harness.JsonAsync("package", "acquire", "Acme.Web", "--version", "1.2.0", "--worker", "w"));
        Assert.Equal((string)pushed["hash"]!, (string)first["hash"]!);
        Assert.Contains("was there", (await harness.RunAsync("package", "acquire", "Acme.Web", "--version", "1.2.0", "--worker", "w")).Out, StringComparison.Ordinal);
        Assert.Equal("1.10.0", (string)Assert.Single(await harness.JsonAsync("package", "acquire", "Acme.Web", "--worker", "w"))["version"]!);
    }

    [Fact]
    public async Task GivenFeed_WhenAddedUsedAndRemoved_ThenItsPackagesAreFoundUntilThen()
    {
        Directory.CreateDirectory(Path.Combine(harness.Folder, "nightly"));
        Zip("nightly/Acme.1.0.zip", "one");
        await File.WriteAllTextAsync(Path.Combine(harness.Folder, "nightly", "README"), "no package", TestContext.Current.CancellationToken);
        JToken feed = await harness.JsonAsync("feed", "add", "Nightly", Path.Combine(harness.Folder, "nightly"), "--description", "of the night");
        Assert.Equal("of the night", (string)feed["description"]!);
        Assert.Equal(["Built-in", "Nightly"], (await harness.JsonAsync("feed", "list")).Select(one => (string)one["name"]!));
        Assert.Equal("Acme", (string)Assert.Single(await harness.JsonAsync("package", "list", "--feed", "nightly"))["packageId"]!);
        Assert.Equal(ExitCodes.Conflict, (await harness.RunAsync("feed", "add", "nightly", harness.Folder)).ExitCode);
        string runbook = harness.WriteFile(
            "runbook.yaml", "environments: [{ name: Test }]\nrunbooks: [{ name: Say, steps: [{ name: Say, bash: cat a, packages: [{ id: Acme, feed: Nightly }] }] }]\n");
        await harness.JsonAsync("apply", runbook);
        Assert.Contains("Nightly", (await harness.RunAsync("plan", "Say", "--environment", "Test")).Out, StringComparison.Ordinal);
        CommandOutcome used = await harness.RunAsync("feed", "remove", "Nightly");
        Assert.Equal(ExitCodes.Conflict, used.ExitCode);
        Assert.Contains("step 'Say'", used.Error, StringComparison.Ordinal);
        await harness.JsonAsync("runbook", "remove", "Say");
        await harness.JsonAsync("feed", "remove", "Nightly");
        Assert.Equal(ExitCodes.NotFound, (await harness.RunAsync("package", "list", "--feed", "Nightly")).ExitCode);
        Assert.True(File.Exists(Path.Combine(harness.Folder, "nightly", "Acme.1.0.zip")));
    }

    [Fact]
    public async Task GivenOtherBytesUnderAVersion_WhenPushed_ThenTheyAreRefusedUnlessTheyAreToReplaceWhatIsThere()
    {
        await harness.JsonAsync("package", "push", Zip("a/Acme.1.0.zip", "one"));
        await harness.JsonAsync("package", "push", Path.Combine(harness.Folder, "a", "Acme.1.0.zip"));
        string other = Zip("b/Acme.1.0.zip", "other");
        CommandOutcome refused = await harness.RunAsync("package", "push", other);
        Assert.Equal(ExitCodes.Conflict, refused.ExitCode);
        Assert.Contains("PackageChanged", refused.Error, StringComparison.Ordinal);
        await harness.JsonAsync("package", "push", other, "--overwrite");
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "no whole zip archive", "package", "push", "Bad.1.0.zip")]
    [InlineData(ExitCodes.Usage, "There is no file", "package", "push", "Missing.1.0.zip")]
    [InlineData(ExitCodes.Usage, "Acme.Web.1.2.3.zip", "package", "push", "nameless.zip")]
    [InlineData(ExitCodes.NotFound, "FeedNotFound", "package", "push", "Bad.1.0.zip", "--feed", "None")]
    [InlineData(ExitCodes.NotFound, "PackageNotFound", "package", "acquire", "Acme", "--worker", "w")]
    [InlineData(ExitCodes.NotFound, "WorkerNotFound", "package", "acquire", "Acme", "--worker", "x")]
    [InlineData(ExitCodes.Usage, "is no version", "package", "acquire", "Acme", "--version", "new", "--worker", "w")]
    [InlineData(ExitCodes.Usage, "--worker", "package", "acquire", "Acme")]
    [InlineData(ExitCodes.NotFound, "FeedNotFound", "feed", "remove", "None")]
    [InlineData(ExitCodes.Usage, "built-in one", "feed", "add", "Built-in", "/")]
    [InlineData(ExitCodes.Usage, "there is no folder '/not/there'", "feed", "add", "Nightly", "/not/there")]
    [InlineData(ExitCodes.Conflict, "is always", "feed", "remove", "Built-in")]
    [InlineData(ExitCodes.Usage, "unused-for", "worker", "clean", "w", "--unused-for", "long")]
    public async Task GivenBadInput_WhenCalled_ThenTheMessageSaysWhatIsWrong(int exitCode, string said, params string[] arguments)
    {
        await harness.JsonAsync("worker", "add", "w", "--local");
        harness.WriteFile("Bad.1.0.zip", "no archive");
        harness.WriteFile("nameless.zip", "no archive");
        CommandOutcome outcome = await harness.RunAsync([.. arguments.Select(one => one.EndsWith(".zip", StringComparison.Ordinal) ? Path.Combine(harness.Folder, one) : one)]);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, outcome.ExitCode);
    }

    [Fact]
    public async Task GivenPoolAndWorker_WhenChanged_ThenWhatIsNotGivenStays()
    {
        await harness.JsonAsync("pool", "add", "Builders", "--description", "build", "--max-steps", "4");
        JToken pool = await harness.JsonAsync("pool", "set", "builders", "--policy", "LeastLeases");
        Assert.Equal(("LeastLeases", "build", 4), ((string)pool["policy"]!, (string)pool["description"]!, (int)pool["maxSteps"]!));
        Assert.Equal(JTokenType.Null, (await harness.JsonAsync("pool", "set", "Builders", "--max-steps", "0"))["maxSteps"]!.Type);
        Assert.True((bool)(await harness.JsonAsync("pool", "set", "Builders", "--default"))["isDefault"]!);

        await harness.JsonAsync("worker", "add", "w", "--host", "w.example.org", "--user", "ci", "--tag", "linux", "--pool", "Builders");
        JToken worker = await harness.JsonAsync("worker", "set", "w", "--port", "2222", "--max-steps", "2");
        Assert.Equal(("w.example.org", 2222, "ci"), ((string)worker["connection"]!["host"]!, (int)worker["connection"]!["port"]!, (string)worker["connection"]!["user"]!));
        Assert.Equal(["linux"], worker["tags"]!.Select(tag => (string)tag!));
        Assert.Empty((await harness.JsonAsync("worker", "set", "w", "--tag", ""))["tags"]!);
        Assert.Equal("local", (string)(await harness.JsonAsync("worker", "set", "w", "--local"))["connection"]!["kind"]!);
        Assert.Equal("/bin/sh", (string)(await harness.JsonAsync("worker", "set", "w", "--shell", "/bin/sh"))["connection"]!["shell"]!);
        Assert.Contains("--host", (await harness.RunAsync("worker", "set", "w", "--port", "22")).Error, StringComparison.Ordinal);
        Assert.Contains("what is to be changed", (await harness.RunAsync("worker", "set", "w")).Error, StringComparison.Ordinal);
        Assert.Contains("what is to be changed", (await harness.RunAsync("pool", "set", "Builders")).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("pool", "set", "Builders", "--max-steps", "-1")).ExitCode);
        Assert.Equal(ExitCodes.NotFound, (await harness.RunAsync("worker", "set", "v", "--max-steps", "1")).ExitCode);
    }

    [Fact]
    public async Task GivenFailedRun_WhenRunAgainWithOptions_ThenTheyCountAndTheOthersStay()
    {
        string file = harness.WriteFile("runbook.yaml", "environments: [{ name: Test }]\nrunbooks: [{ name: Break, priority: low, steps: [{ name: Break, bash: exit 3 }] }]\n");
        Assert.Equal(ExitCodes.Failed, (await harness.RunAsync("run", "Break", "--environment", "Test", "--file", file, "--quiet")).ExitCode);
        Assert.Equal(ExitCodes.Failed, (await harness.RunAsync("rerun", "latest", "--from-failed", "--priority", "high", "--queue-expiry", "5m", "--quiet")).ExitCode);
        Assert.Equal(ExitCodes.Failed, (await harness.RunAsync("rerun", "latest", "--from-failed", "--quiet")).ExitCode);
        await using Storage.SqliteStore store = await harness.OpenStoreAsync();
        RunRecord second = await store.GetRunAsync(new(2), TestContext.Current.CancellationToken);
        RunRecord third = await store.GetRunAsync(new(3), TestContext.Current.CancellationToken);
        Assert.Equal((RunPriority.High, TimeSpan.FromMinutes(5)), (second.Request.Priority, second.Request.QueueExpiry));
        Assert.Equal((RunPriority.High, TimeSpan.FromMinutes(5)), (third.Request.Priority, third.Request.QueueExpiry));
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("rerun", "latest", "--from-failed", "--priority", "urgent")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await harness.RunAsync("rerun", "latest", "--from-failed", "--queue-expiry", "0s")).ExitCode);
    }

    private string Zip(string name, string text)
    {
        string path = Path.Combine(harness.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using StreamWriter writer = new(archive.CreateEntry("a").Open());
        writer.Write(text);
        return path;
    }
}
