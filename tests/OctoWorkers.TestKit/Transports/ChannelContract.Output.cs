using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.TestKit.Transports;

public abstract partial class ChannelContract
{
    [Fact]
    public async Task GivenTrivialScript_WhenRun_ThenBothStreamsAndTheExitCodeCome()
    {
        IWorkerChannel channel = await EnterAsync();
        Assert.Equal(Runner, channel.Greeting.Runner);
        AttemptResult result = await RunAsync(channel, "echo out; echo err >&2; exit 3");
        Assert.Equal(("out\n", "err\n", 3, false), (result.Out, result.Error, result.ExitCode, result.OutputHeldOpen));
    }

    [Fact]
    public async Task GivenManyScriptsAtOnce_WhenRunOnOneChannel_ThenEachHasItsOwnOutput()
    {
        IWorkerChannel channel = await EnterAsync();
        int[] numbers = [.. Enumerable.Range(1, Many)];
        AttemptResult[] results = await Task.WhenAll(numbers.Select(n => RunAsync(channel, $"echo {n}; echo e{n} >&2; exit {n}")));
        Assert.Equal(numbers.Select(n => ($"{n}\n", $"e{n}\n", (int?)n)), results.Select(r => (r.Out, r.Error, r.ExitCode)));
    }

    [Fact]
    public async Task GivenOutputWhileItRuns_WhenFollowed_ThenItComesBeforeTheEnd()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, $"echo first; while [ ! -e {Folder.File("go")} ]; do sleep 0.02; done; echo second");
        Assert.Equal("first\n", await FollowUntilAsync(channel, ticket, "first\n"));
        await File.WriteAllTextAsync(Folder.File("go"), "", Stop);
        Assert.Equal("second\n", (await FollowAsync(channel, ticket, new(6, 0))).Out);
    }

    [Fact]
    public async Task GivenSlowReader_WhenMuchIsWritten_ThenOthersAreNotHeldUp()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, $"yes {new string('0', 9999)} | head -c {MuchOutput}");
        await using IAsyncEnumerator<AttemptSignal> slow = channel.FollowAsync(ticket, default, Stop).GetAsyncEnumerator(Stop);
        Assert.True(await slow.MoveNextAsync());
        Assert.Equal("quick\n", (await RunAsync(channel, "echo quick")).Out);
        long length = ((OutputRead)slow.Current).Bytes.Length;
        while (await slow.MoveNextAsync())
        {
            length += slow.Current is OutputRead { Stream: OutputKind.Out } read ? read.Bytes.Length : 0;
        }

        Assert.Equal(MuchOutput, length);
    }

    [Fact]
    public async Task GivenTwoScripts_WhenRun_ThenEachHasAFreshWorkingDirectory()
    {
        IWorkerChannel channel = await EnterAsync();
        const string script = "ls -A; touch here; pwd";
        AttemptResult first = await RunAsync(channel, script);
        AttemptResult second = await RunAsync(channel, script);
        Assert.StartsWith("/", first.Out, StringComparison.Ordinal);
        Assert.StartsWith("/", second.Out, StringComparison.Ordinal);
        Assert.NotEqual(first.Out, second.Out);
    }

    [Fact]
    public async Task GivenScriptThatReadsItsInput_WhenRun_ThenThereIsNone()
    {
        IWorkerChannel channel = await EnterAsync();
        AttemptResult result = await RunAsync(channel, "cat; read x; echo $?");
        Assert.Equal("1\n", result.Out);
    }
}
