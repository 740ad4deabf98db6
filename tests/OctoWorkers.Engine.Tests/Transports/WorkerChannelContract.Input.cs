using System.Diagnostics;
using System.Globalization;
using System.Text;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

public abstract partial class WorkerChannelContract
{
    private const int Megabyte = 1_000_000;
    private const int FiveMegabytes = 5_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(64 * 1024)]
    [InlineData(FiveMegabytes)]
    public async Task GivenInput_WhenRead_ThenAllOfItComesAndThenItsEnd(int length)
    {
        IWorkerChannel channel = await EnterAsync();
        byte[] input = SomeBytes(length);
        string ticket = NewTicket();
        await channel.StartAsync(Attempt(ticket, "cat <&3; exec 3<&-; echo done >&2") with { Input = input }, Stop);
        AttemptResult result = await FollowAsync(channel, ticket);
        Assert.True(input.AsSpan().SequenceEqual(result.OutBytes), $"{result.OutBytes.Length} bytes came");
        Assert.Equal(("done\n", 0, false), (result.Error, result.ExitCode, result.OutputHeldOpen));
    }

    [Fact]
    public async Task GivenNoInput_WhenRun_ThenDescriptorThreeIsClosed()
    {
        IWorkerChannel channel = await EnterAsync();
        AttemptResult result = await RunAsync(channel, "(cat <&3) 2>/dev/null || echo closed");
        Assert.Equal("closed\n", result.Out);
    }

    [Theory]
    [InlineData(100, "echo out")]
    [InlineData(Megabyte, "echo out")]
    [InlineData(Megabyte, "exec 3<&-; echo out")]
    [InlineData(Megabyte, "head -c 1000 <&3 >/dev/null; exec 3<&-; echo out")]
    public async Task GivenInputThatIsNotReadToItsEnd_WhenTheScriptEnds_ThenSoDoesTheAttempt(int length, string script)
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = NewTicket();
        await channel.StartAsync(Attempt(ticket, script) with { Input = SomeBytes(length) }, Stop);
        AttemptResult result = await FollowAsync(channel, ticket);
        Assert.Equal(("out\n", 0, false), (result.Out, result.ExitCode, result.OutputHeldOpen));
        await NothingHoldsTheInputAsync(ticket);
    }

    [Fact]
    public async Task GivenDaemonThatInheritsUnreadInput_WhenTheScriptEnds_ThenTheAttemptEndsAndItsWriterToo()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = NewTicket();
        AttemptStart start = Attempt(ticket, "sleep 300 >/dev/null 2>&1 & echo $!") with { Input = SomeBytes(Megabyte) };
        await channel.StartAsync(start, Stop);
        AttemptResult result = await FollowAsync(channel, ticket);
        int daemon = int.Parse(result.Out, CultureInfo.InvariantCulture);
        Assert.True(ProcessTree.IsRunning(daemon));
        ProcessTree.Kill(daemon);
        await NothingHoldsTheInputAsync(ticket);
    }

    [Fact]
    public async Task GivenInputBeingWritten_WhenTerminated_ThenOnlyTheScriptsProcessesAreOnTheReceipt()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = NewTicket();
        AttemptStart start = Attempt(ticket, "echo $$; head -c 100000 <&3 >/dev/null; echo begun; while :; do sleep 300; done") with { Input = SomeBytes(Megabyte) };
        await channel.StartAsync(start, Stop);
        string output = await FollowUntilAsync(channel, ticket, "begun\n");
        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ticket, TimeSpan.Zero, Stop);
        Assert.Equal(IsCertain(channel) ? TerminationVerdict.NothingLeft : TerminationVerdict.NoneFound, receipt.Verdict);
        Assert.Contains(receipt.Ended, ended => ended.ProcessId == int.Parse(output.Split('\n')[0], CultureInfo.InvariantCulture));
        // The script, perhaps its child before that becomes sleep, and as many sleeps as it came to start.
        Assert.InRange(receipt.Ended.Count(ended => ended.Name != "sleep"), 1, 2);
        Assert.Equal(128 + 9, (await FollowAsync(channel, ticket, new(output.Length, 0))).ExitCode);
        await NothingHoldsTheInputAsync(ticket);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(200_000)]
    public async Task GivenSecretInput_WhileTheScriptRuns_ThenItStandsInNoFileArgumentOrEnvironment(int padding)
    {
        IWorkerChannel channel = await EnterAsync();
        string secret = $"correct-horse-{Guid.NewGuid():N}";
        string ticket = NewTicket();
        AttemptStart start = Attempt(ticket, $"echo up; while [ ! -e {Folder.File("go")} ]; do sleep 0.02; done; cat <&3 | wc -c") with
        {
            Input = Encoding.UTF8.GetBytes(secret + new string('x', padding)),
        };
        await channel.StartAsync(start, Stop);
        await FollowUntilAsync(channel, ticket, "up\n");
        // Not by .NET, which asks for a lock of what it reads, and a ticket's lock is its supervisor's.
        using (Process search = Process.Start("grep", ["-rlF", "-D", "skip", secret, StateHome]))
        {
            await search.WaitForExitAsync(Stop);
            Assert.Equal(1, search.ExitCode);
        }

        Assert.Empty(ProcessTree.WithCommandLine(secret));
        Assert.Empty(ProcessTree.WithEnvironment(secret));
        await File.WriteAllTextAsync(Folder.File("go"), "", Stop);
        AttemptResult result = await FollowAsync(channel, ticket);
        Assert.Equal($"{secret.Length + padding}", result.Out.Split('\n')[1].Trim());
    }

    // No NUL; every other byte value, quotes among them.
    private static byte[] SomeBytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(1 + (i * 7 + i / 255) % 255);
        }

        return bytes;
    }

    // The writer of a large input is a process of the runner that holds the input's pipe.
    private async Task NothingHoldsTheInputAsync(string ticket)
        => await Eventually.HoldsAsync(
            () => ProcessTree.HoldersOf(path => path.StartsWith(StateHome, StringComparison.Ordinal) && path.EndsWith("/p3", StringComparison.Ordinal)).Count == 0,
            $"nothing holds the input of {ticket}",
            Stop);
}
