using System.Globalization;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

public sealed class LocalPerlTests : LocalContract
{
    protected override string? Missing => PerlRunner.Missing;

    protected override string Runner => "perl";

    private protected override RunnerChoice Choice => RunnerChoice.Perl;

    [Fact]
    public async Task GivenAStandby_WhenAnAttemptIsStarted_ThenItIsAnyOther()
    {
        IWorkerChannel channel = await EnterAsync();
        (int supervisor, int interpreter) = await StandbyAsync(channel);
        AttemptStart start = Attempt(NewTicket(), "echo $$ \"$A\" \"$1\" \"$PWD\" \"$OCTOWORKERS_TICKET\"; echo wrong >&2; exit 3") with
        {
            Environment = new Dictionary<string, string> { ["A"] = "a = 'b'" },
            Arguments = ["ö\n"],
        };

        Assert.Equal(StartResult.Started, await channel.StartAsync(start, Stop));
        AttemptResult result = await FollowAsync(channel, start.Ticket);

        Assert.Equal((3, "wrong\n"), (result.ExitCode, result.Error));
        Assert.StartsWith($"{interpreter} a = 'b' ö\n ", result.Out, StringComparison.Ordinal);
        Assert.EndsWith($"/w.{start.Ticket} {start.Ticket}\n", result.Out, StringComparison.Ordinal);
        Assert.Equal(StartResult.AlreadyStarted, await channel.StartAsync(start, Stop));
        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(supervisor), "the standby's state", Stop);
    }

    [Fact]
    public async Task GivenAStandbyThatWasKilled_WhenAnAttemptIsStarted_ThenItRunsAllTheSame()
    {
        IWorkerChannel channel = await EnterAsync();
        (int supervisor, int interpreter) = await StandbyAsync(channel);
        ProcessTree.Kill(supervisor);
        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(supervisor) && !ProcessTree.IsRunning(interpreter), "the standby's state", Stop);

        Assert.Equal("there\n", (await RunAsync(channel, "echo there")).Out);
    }

    [Fact]
    public async Task GivenAStandbyWithoutItsInterpretersProcess_WhenAnAttemptIsStarted_ThenItHasAnotherOne()
    {
        IWorkerChannel channel = await EnterAsync();
        (_, int interpreter) = await StandbyAsync(channel);
        ProcessTree.Kill(interpreter);
        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(interpreter), "the standby's state", Stop);

        Assert.Equal("there\n", (await RunAsync(channel, "echo there; kill -TERM $$; sleep 300")).Out);
    }

    [Fact]
    public async Task GivenAStandby_WhenAnAttemptIsTerminated_ThenItsProcessesEnd()
    {
        IWorkerChannel channel = await EnterAsync();
        (_, int interpreter) = await StandbyAsync(channel);
        string ticket = await StartAsync(channel, "echo there; sleep 300");
        await FollowUntilAsync(channel, ticket, "there\n");

        TerminationReceipt receipt = await channel.TerminateAsync(Run1, ticket, TimeSpan.FromSeconds(1), Stop);

        Assert.Contains(receipt.Ended, ended => ended.ProcessId == interpreter);
        Assert.Empty(receipt.Remaining);
    }

    [Fact]
    public async Task GivenAStandby_WhenTheTokenIsRaisedElsewhere_ThenItIsNotUsed()
    {
        IWorkerChannel old = await EnterAsync();
        await StandbyAsync(old);
        IWorkerChannel young = await OpenAsync();
        await young.EnterRunAsync(Run1, 2, 0, Stop);

        await FailsAsync(EngineError.FencedOut, () => old.StartAsync(Attempt("late", $"echo > {Folder.File("ran")}"), Stop));

        Assert.DoesNotContain((await young.EnterRunAsync(Run1, 2, 0, Stop)).Tickets, ticket => ticket.Ticket == "late");
        Assert.False(File.Exists(Folder.File("ran")));
    }

    [Fact]
    public async Task GivenAStandby_WhenItsChannelDies_ThenItLeavesAndTheNextChannelTidiesUp()
    {
        (int supervisor, int interpreter) = await StandbyAsync(await EnterAsync());
        Cut();
        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(supervisor) && !ProcessTree.IsRunning(interpreter), "the standby's state", Stop);

        await EnterAsync();

        Assert.Empty(Standbys());
    }

    [Fact]
    public async Task GivenAStandby_WhenItsChannelIsClosed_ThenNothingIsLeft()
    {
        IWorkerChannel channel = await EnterAsync();
        (int supervisor, int interpreter) = await StandbyAsync(channel);

        await channel.RemoveRunAsync(Run1, Stop);
        await channel.DisposeAsync();

        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(supervisor) && !ProcessTree.IsRunning(interpreter), "the standby's state", Stop);
        await Eventually.HoldsAsync(() => Directory.GetFileSystemEntries(StateHome).Length == 0, "the standby's state", Stop);
    }

    // The standby that a channel makes after some attempts: its process, and that of its interpreter.
    private async Task<(int Supervisor, int Interpreter)> StandbyAsync(IWorkerChannel channel)
    {
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(0, (await RunAsync(channel, "true")).ExitCode);
        }

        int[] family = [];
        await Eventually.HoldsAsync(() => (family = [.. Standbys().SelectMany(Family)]).Length == 2, "the standby's state", Stop);
        return (family[0], family[1]);
    }

    private string[] Standbys()
        => [.. Directory.GetDirectories(Path.Combine(StateHome, "octoworkers", "0123456789abcdef", "Workers-7", "perl"), "p.*")
            .SelectMany(folder => Directory.GetFiles(folder, "t*"))];

    // The child of the channel that has a child, and that. The channel's process is in the name of the folder.
    private static IEnumerable<int> Family(string file)
    {
        int channel = int.Parse(Path.GetFileName(Path.GetDirectoryName(file)!)["p.".Length..].Split('-')[0], CultureInfo.InvariantCulture);
        return ProcessTree.Children(channel).SelectMany(child => ProcessTree.Children(child).Take(1).SelectMany(interpreter => new[] { child, interpreter })).Take(2);
    }
}
