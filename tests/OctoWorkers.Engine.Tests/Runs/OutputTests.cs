using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class OutputTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("printf 'no newline'", new[] { "no newline" })]
    [InlineData("printf '\\n\\n'", new[] { "", "" })]
    [InlineData("printf 'bad \\377\\376 bytes\\n'", new[] { "bad \uFFFD\uFFFD bytes" })]
    [InlineData("printf 'a\\0b\\n'", new[] { "a\0b" })]
    [InlineData("exec >&- 2>&-; true", new string[0])]
    [InlineData("echo before; exec >&- 2>&-; sleep 0.2", new[] { "before" })]
    public async Task GivenOutputThatIsUnusual_WhenItIsRead_ThenTheLogHoldsIt(string script, string[] expected)
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(Step("writes", script));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        Assert.Equal(expected, await world.First.TextAsync(run.Run.Id, 1));
    }

    [Theory]
    [InlineData("exit 255", 255)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$; sleep 1", 143)]
    [InlineData("no-such-command-anywhere", 127)]
    public async Task GivenAScriptThatEndsBadly_WhenItIsOver_ThenTheCodeSaysHow(string script, int code)
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(Step("ends", script));
        Assert.Equal(code, run.Steps[0].Attempts.Single().ExitCode);
        Assert.Equal(StepStatus.Failed, run.Steps[0].Status);
    }

    [Fact]
    public async Task GivenTenMillionEmptyLines_WhenTheyAreRead_ThenMemoryStaysBounded()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await PeakAsync(world, "head -c 10000000 /dev/zero | tr '\\0' '\\n'");
        Assert.Equal(RunStatus.Success, run.Run.Status);
        IReadOnlyList<Journal.OutputCursor> cursors = await world.First.Store.GetOutputCursorsAsync(run.Run.Id, Stop);
        Assert.Empty(cursors);
        long count = 0;
        await foreach (LogLine line in world.First.Engine.ReadLogAsync(run.Run.Id, 0, 1, follow: false, Stop))
        {
            count++;
            Assert.Equal(count, line.Number);
        }

        Assert.Equal(10_000_000, count);
    }

    [Fact]
    public async Task GivenTwoHundredMegabytesWithoutANewline_WhenTheyAreRead_ThenMemoryStaysBounded()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await PeakAsync(world, "head -c 200000000 /dev/zero | tr '\\0' 'x'");
        Assert.Equal(RunStatus.Success, run.Run.Status);
        long length = 0;
        LogLine? last = null;
        await foreach (LogLine line in world.First.Engine.ReadLogAsync(run.Run.Id, 0, 1, follow: false, Stop))
        {
            Assert.True(last is null || last.Continues);
            last = line;
            length += line.Text.Length;
        }

        Assert.Equal(200_000_000, length);
        Assert.False(last!.Continues);
    }

    private static async Task<RunDetails> PeakAsync(RunWorld world, string script)
    {
        RunId run = await world.StartAsync(Step("writes", script));
        Task<RunRecord> end = world.First.EndAsync(run);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long peak = 0;
        while (!end.IsCompleted)
        {
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop));
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }

        await end;
        Assert.True(peak - before < 64 * 1024 * 1024, $"{(peak - before) / 1024 / 1024} MiB were held");
        return await world.First.DetailsAsync(run);
    }
}
