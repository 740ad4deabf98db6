using Newtonsoft.Json.Linq;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Tests.Runs;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Logs;

public sealed class LogExportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenALog_WhenExportedAsText_ThenEveryLineIsThereWithItsOrigin()
    {
        await using RunWorld world = await CreateAsync("worker1");
        RunDetails run = await world.RunAsync(Step("Say it", "echo hello; head -c 70000 /dev/zero | tr '\\0' x; echo; echo wrong >&2; printf 'red\\033[31m\\rover\\n'"));
        string path = world.File("out.log");
        long count = await world.First.Engine.ExportLogAsync(run.Run.Id, path, new(), Stop);
        string[] lines = await File.ReadAllLinesAsync(path, Stop);
        Assert.Equal((await world.First.LogAsync(run.Run.Id)).Count, count);
        Assert.Equal(count, lines.Length);
        Assert.Contains(lines, line => line.EndsWith("Z Information [Say it @ worker1] hello", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("Z Error       [Say it @ worker1] wrong", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("[Say it @ worker1]+xxxx", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(@"[Say it @ worker1] red\u001b[31m\rover", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains($"[{run.Run.Id}] ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenALog_WhenExportedAsJsonLines_ThenEachIsTheLine()
    {
        await using RunWorld world = await CreateAsync("worker1");
        RunDetails run = await world.RunAsync(Step("Say it", "echo 'a \"b\" \\'; echo more"));
        string path = world.File("out.jsonl");
        await world.First.Engine.ExportLogAsync(run.Run.Id, path, new() { Format = LogFormat.JsonLines, Step = 1 }, Stop);
        JObject[] lines = [.. (await File.ReadAllLinesAsync(path, Stop)).Select(JObject.Parse)];
        Assert.Equal(["a \"b\" \\", "more"], lines.Select(line => (string)line["text"]!));
        Assert.Equal(
            ["type", "run", "cursor", "step", "attempt", "number", "at", "level", "text", "continues"], lines[0].Properties().Select(member => member.Name));
    }

    [Fact]
    public async Task GivenAFileThatIsThere_WhenALogIsExported_ThenItStaysUnlessItIsToBeReplaced()
    {
        await using RunWorld world = await CreateAsync("worker1");
        RunDetails run = await world.RunAsync(Step("Say it", "echo hello"));
        string path = world.File("out.log");
        await File.WriteAllTextAsync(path, "mine", Stop);
        OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => world.First.Engine.ExportLogAsync(run.Run.Id, path, new(), Stop));
        Assert.Equal(EngineError.AlreadyExists, refused.Error);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, Stop));
        await world.First.Engine.ExportLogAsync(run.Run.Id, path, new() { Overwrites = true }, Stop);
        Assert.Contains("hello", await File.ReadAllTextAsync(path, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenARunUnderWay_WhenItsExportIsGivenUp_ThenNoFileIsLeft()
    {
        await using RunWorld world = await CreateAsync("worker1");
        RunId run = await world.StartAsync(Step("Wait", "echo started; sleep 300"));
        await world.First.SaysAsync(run, 1, "started");
        using CancellationTokenSource stop = new();
        string path = world.File("out.log");
        Task<long> export = world.First.Engine.ExportLogAsync(run, path, new() { Follows = true }, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => export);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetDirectoryName(path)!), file => Path.GetFileName(file).StartsWith("out.log", StringComparison.Ordinal));
        await world.First.Engine.CancelRunAsync(run, "", Stop);
        await world.First.EndAsync(run);
    }

    [Fact]
    public async Task GivenNoSuchStepOrFolder_WhenALogIsExported_ThenTheMessageSaysSo()
    {
        await using RunWorld world = await CreateAsync("worker1");
        RunDetails run = await world.RunAsync(Step("Say it", "echo hello"));
        foreach ((string path, LogExportOptions options) in ((string, LogExportOptions)[])
            [(world.File("a"), new() { Step = 2 }), (world.File("nowhere/a"), new()), (Path.GetDirectoryName(world.File("a"))!, new())])
        {
            OctoWorkersException refused = await Assert.ThrowsAsync<OctoWorkersException>(() => world.First.Engine.ExportLogAsync(run.Run.Id, path, options, Stop));
            Assert.Equal(EngineError.InvalidArgument, refused.Error);
        }
    }
}
