using System.Text;
using OctoWorkers.Engine.Tests.Transports;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using Xunit;

namespace OctoWorkers.Engine.Tests.Memory;

/// <summary>A channel holds a constant amount, however much comes over it.</summary>
[Collection(MemoryGroup.Name)]
public sealed class ChannelMemoryTests : IDisposable
{
    private const string Run = "RunbookRuns-1";
    private const int SampleEvery = 32 * 1024 * 1024;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("perl")]
    [InlineData("sh")]
    public async Task GivenAGigabyte_WhenItIsFollowed_ThenItTakesTheMemoryOfAHundredMegabytes(string runner)
    {
        if (runner == "perl" && PerlRunner.Missing is { } missing)
        {
            Assert.Skip(missing);
        }

        LocalTransport transport = new(TimeProvider.System)
        {
            Runner = runner == "perl" ? RunnerChoice.Perl : RunnerChoice.Shell,
            Environment = new Dictionary<string, string> { ["XDG_STATE_HOME"] = folder.Path },
        };
        WorkerAddress address = new("0123456789abcdef", new WorkerId(7), "worker7", new LocalConnection());
        await using IWorkerChannel channel = await transport.OpenAsync(address, Stop);
        Assert.Equal(runner, channel.Greeting.Runner);
        await channel.EnterRunAsync(Run, 1, 0, Stop);
        long small = await PeakAsync(channel, "small", 1_000_000);
        long large = await PeakAsync(channel, "large", 10_000_000);
        await channel.RemoveRunAsync(Run, Stop);
        Assert.True(large < small + (16 << 20), $"{large >> 20} MiB were held for 1 GB, and {small >> 20} MiB for 100 MB.");
        Assert.True(large < 64 << 20, $"{large >> 20} MiB were held.");
    }

    public void Dispose() => folder.Dispose();

    // What is held while so many lines of 100 bytes come, at its most.
    private static async Task<long> PeakAsync(IWorkerChannel channel, string ticket, long count)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        AttemptStart start = new(Run, 1, ticket, ["sh"], Encoding.UTF8.GetBytes(NumberedLines.Script(count)));
        Assert.Equal(StartResult.Started, await channel.StartAsync(start, Stop));
        NumberedLines lines = new();
        long total = 0, sampled = 0, peak = 0;
        await foreach (AttemptSignal signal in channel.FollowAsync(ticket, default, Stop))
        {
            if (signal is not OutputRead read)
            {
                Assert.Equal(0, ((AttemptExited)signal).ExitCode);
                continue;
            }

            Assert.Equal(total, read.Offset);
            Assert.True(lines.Take(read.Bytes.Span), $"What comes at {read.Offset} does not go on with line {lines.Count}.");
            total += read.Bytes.Length;
            if (total - sampled >= SampleEvery)
            {
                sampled = total;
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(count, lines.Count);
        return peak;
    }
}
