using System.Text;
using OctoWorkers.Engine.Tests.Memory;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Transports.Runner;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

public abstract partial class WorkerChannelContract
{
    [Fact]
    public async Task GivenScriptEndedBySignal_WhenFollowed_ThenTheCodeIs128AndTheSignal()
    {
        IWorkerChannel channel = await EnterAsync();
        Assert.Equal(128 + 9, (await RunAsync(channel, "kill -9 $$")).ExitCode);
    }

    [Fact]
    public async Task GivenHundredMegabytes_WhenFollowed_ThenTheyComeInOrder()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, NumberedLines.Script(1_000_000));
        NumberedLines lines = new();
        long total = 0;
        await foreach (AttemptSignal signal in channel.FollowAsync(ticket, default, Stop))
        {
            if (signal is OutputRead read)
            {
                Assert.Equal(total, read.Offset);
                Assert.True(lines.Take(read.Bytes.Span), $"What comes at {read.Offset} does not go on with line {lines.Count}.");
                total += read.Bytes.Length;
            }
            else
            {
                Assert.Equal(0, ((AttemptExited)signal).ExitCode);
            }
        }

        Assert.Equal(1_000_000, lines.Count);
    }

    [Fact]
    public async Task GivenNoTrailingNewline_WhenFollowed_ThenNothingIsAddedOrLost()
    {
        IWorkerChannel channel = await EnterAsync();
        AttemptResult result = await RunAsync(channel, "printf 'a\\n\\nb'; printf e >&2");
        Assert.Equal(("a\n\nb", "e"), (result.Out, result.Error));
    }

    [Fact]
    public async Task GivenBytesThatAreNoText_WhenFollowed_ThenTheyComeAsTheyAre()
    {
        IWorkerChannel channel = await EnterAsync();
        AttemptResult result = await RunAsync(channel, "printf '\\377\\376\\0\\200\\0\\0\\n\\303('; printf '\\0' >&2");
        Assert.Equal([0xff, 0xfe, 0, 0x80, 0, 0, 10, 0xc3, (byte)'('], result.OutBytes);
        Assert.Equal([0], result.ErrorBytes);
    }

    [Fact]
    public async Task GivenTenMillionEmptyLines_WhenFollowed_ThenAllCome()
    {
        IWorkerChannel channel = await EnterAsync();
        AttemptResult result = await RunAsync(channel, "yes '' | head -n 10000000");
        Assert.Equal(10_000_000, result.OutBytes.Length);
        Assert.False(result.OutBytes.AsSpan().ContainsAnyExcept((byte)'\n'));
    }

    [Fact]
    public async Task GivenFollowThatIsCanceledBeforeItsAnswer_WhenTheAnswerComes_ThenNothingIsTakenForNobody()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, $"echo first; while [ ! -e {Folder.File("go")} ]; do sleep 0.02; done; echo second");
        await FollowUntilAsync(channel, ticket, "first\n");
        await using (IAsyncEnumerator<AttemptSignal> canceled = channel.FollowAsync(ticket, new(1, 0), new(canceled: true)).GetAsyncEnumerator(Stop))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await canceled.MoveNextAsync());
        }

        // The next answer comes after the one that nobody waits for.
        await channel.EnterRunAsync(Run1, 1, 0, Stop);
        Assert.Equal("quick\n", (await RunAsync(channel, "echo quick")).Out);
        Assert.Equal(0, Assert.IsType<RunnerChannel>(channel).Following);
        await File.WriteAllTextAsync(Folder.File("go"), "", Stop);
        Assert.Equal("first\nsecond\n", (await FollowAsync(channel, ticket)).Out);
    }

    [Fact]
    public async Task GivenGrandchildThatHoldsTheOutput_WhenTheScriptEnds_ThenFollowingEndsSoonAndSaysSo()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, "echo out; sleep 300 & echo $! >&2");
        AttemptResult result = await FollowAsync(channel, ticket);
        Assert.Equal(("out\n", 0, true), (result.Out, result.ExitCode, result.OutputHeldOpen));
        int daemon = int.Parse(result.Error, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(TestKit.Processes.ProcessTree.IsRunning(daemon), "starting a daemon is a step's good right");
        TestKit.Processes.ProcessTree.Kill(daemon);
    }

    [Fact]
    public async Task GivenScriptThatWritesToItsStandardErrorByName_WhenFollowed_ThenNothingIsTruncated()
    {
        IWorkerChannel channel = await EnterAsync();
        AttemptResult result = await RunAsync(channel, "echo one; echo two > /dev/stdout; echo three; echo e1 >&2; echo e2 > /dev/stderr");
        Assert.Equal(("one\ntwo\nthree\n", "e1\ne2\n"), (result.Out, result.Error));
    }

    [Fact]
    public async Task GivenScriptOfFiveMegabytes_WhenRun_ThenItsEndIsReached()
    {
        IWorkerChannel channel = await EnterAsync();
        StringBuilder script = new();
        while (script.Length < 5_000_000)
        {
            script.Append(": 'it''s a line that says $nothing' \"`echo`\"\n".Replace("`echo`", "", StringComparison.Ordinal));
        }

        script.Append("echo end");
        Assert.Equal("end\n", (await RunAsync(channel, script.ToString())).Out);
    }
}
