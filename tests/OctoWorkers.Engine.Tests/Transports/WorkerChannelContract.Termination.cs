using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

public abstract partial class WorkerChannelContract
{
    public static TheoryData<string, string> Escapes => new()
    {
        { "plain", "sleep 300 & echo $!; wait" },
        { "ignores TERM", "trap '' TERM; sleep 300 & echo $!; wait; wait" },
        { "nohup", "command -v nohup >/dev/null || nohup() { trap '' HUP; exec \"$@\"; }; nohup sleep 300 >/dev/null 2>&1 & echo $!; wait" },
        { "setsid", "setsid sleep 300 & echo $!; wait" },
        { "double fork", "(sleep 300 & echo $!) ; sleep 300" },
        { "holds the output", "(setsid sleep 300 & echo $!); exit 0" },
    };

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task GivenTreeThatResists_WhenTerminated_ThenItIsGone(string how, string script)
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, script);
        int child = int.Parse(await FollowUntilAsync(channel, ticket, "\n"), System.Globalization.CultureInfo.InvariantCulture);

        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ticket, Grace, Stop);

        Assert.Equal(IsCertain(channel) ? TerminationVerdict.NothingLeft : TerminationVerdict.NoneFound, receipt.Verdict);
        Assert.Equal(channel.Greeting.Means, receipt.Means);
        Assert.Empty(receipt.Remaining);
        Assert.Contains(receipt.Ended, process => process.ProcessId == child);
        Assert.Contains(receipt.Ended, process => process.Signal == (how == "ignores TERM" ? "KILL" : "TERM"));
        Assert.False(ProcessTree.IsRunning(child), how);
        await FollowAsync(channel, ticket);
    }

    [Theory]
    [InlineData("plain", "sleep 300 & echo $!; wait", false)]
    [InlineData("leaves a process behind that ended with it", "sleep 300 & echo $!; wait; exit 3", false)]
    [InlineData("plain, asked over another connection", "sleep 300 & echo $!; wait", true)]
    public async Task GivenAttemptThatWasTerminated_WhenAskedAgain_ThenTheReceiptStillNamesItsProcesses(string how, string script, bool overAnother)
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, script);
        int child = int.Parse(await FollowUntilAsync(channel, ticket, "\n"), System.Globalization.CultureInfo.InvariantCulture);
        TerminationReceipt first = await channel.TerminateAsync(Run1, ticket, Grace, Stop);
        Assert.Contains(first.Ended, process => process.ProcessId == child);
        await FollowAsync(channel, ticket);
        IWorkerChannel asked = overAnother ? await EnterAsync(token: 2) : channel;

        TerminationReceipt second = await asked.TerminateAsync(Run1, ticket, TimeSpan.Zero, Stop);

        Assert.True(first.Verdict == second.Verdict, how);
        Assert.Equal(first.Means, second.Means);
        Assert.Equal(first.Ended.Order(ById), second.Ended.Order(ById));
        await asked.RemoveRunAsync(Run1, Stop);
    }

    private static readonly Comparer<EndedProcess> ById = Comparer<EndedProcess>.Create((one, other) => one.ProcessId.CompareTo(other.ProcessId));

    [Fact]
    public async Task GivenProcessThatHidesFromEverySearch_WhenTerminated_ThenOnlyCertainMeansSayNothingIsLeft()
    {
        IWorkerChannel channel = await EnterAsync();
        string pid = Folder.File("pid");
        string ticket = await StartAsync(
            channel, $"(cd / && exec env -i setsid sh -c 'echo $$ >{pid}.new; mv {pid}.new {pid}; exec sleep 300 <&- >&- 2>&-') </dev/null >/dev/null 2>&1 & sleep 300");
        await Eventually.HoldsAsync(() => File.Exists(pid), "it is hidden", Stop);
        int hidden = int.Parse(await File.ReadAllTextAsync(pid, Stop), System.Globalization.CultureInfo.InvariantCulture);

        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ticket, Grace, Stop);

        if (IsCertain(channel))
        {
            Assert.Equal(TerminationVerdict.NothingLeft, receipt.Verdict);
            Assert.False(ProcessTree.IsRunning(hidden));
        }
        else
        {
            Assert.Equal(TerminationVerdict.NoneFound, receipt.Verdict);
            ProcessTree.Kill(hidden);
        }
    }

    [Fact]
    public async Task GivenNoGrace_WhenTerminated_ThenKillIsSentAtOnce()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, "trap 'echo trapped' TERM; echo begun; while :; do sleep 0.05; done");
        await FollowUntilAsync(channel, ticket, "begun\n");
        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ticket, TimeSpan.Zero, Stop);
        Assert.All(receipt.Ended, process => Assert.Equal("KILL", process.Signal));
        AttemptResult result = await FollowAsync(channel, ticket);
        Assert.Equal(("begun\n", 128 + 9), (result.Out, result.ExitCode));
    }
}
