using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.TestKit.Transports;

public abstract partial class ChannelContract
{
    [Fact]
    public async Task GivenUsedTicket_WhenStartedAgain_ThenItRunsOnce()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = NewTicket();
        string script = $"echo ran >> {Folder.File("ran")}";
        Assert.Equal(StartResult.Started, await channel.StartAsync(Attempt(ticket, script), Stop));
        Assert.Equal(StartResult.AlreadyStarted, await channel.StartAsync(Attempt(ticket, script), Stop));
        Assert.Equal(0, (await FollowAsync(channel, ticket)).ExitCode);
        Assert.Equal(StartResult.AlreadyStarted, await channel.StartAsync(Attempt(ticket, script), Stop));
        Assert.Equal("ran\n", await File.ReadAllTextAsync(Folder.File("ran"), Stop));
    }

    [Fact]
    public async Task GivenTwoChannels_WhenBothStartTheSameTickets_ThenEachRunsOnce()
    {
        IWorkerChannel one = await EnterAsync();
        IWorkerChannel two = await EnterAsync();
        string[] tickets = [.. Enumerable.Range(0, (Many + 4) / 5).Select(_ => NewTicket())];
        StartResult[] results = await Task.WhenAll(tickets.SelectMany(
            ticket => new[] { one, two }.Select(channel => channel.StartAsync(Attempt(ticket, $"echo {ticket} >> {Folder.File("ran")}"), Stop))));
        foreach (string ticket in tickets)
        {
            Assert.Equal(0, (await FollowAsync(one, ticket)).ExitCode);
            Assert.Equal(0, (await FollowAsync(two, ticket)).ExitCode);
        }

        Assert.Equal(tickets.Length, results.Count(result => result == StartResult.Started));
        Assert.Equal(tickets.Length, results.Count(result => result == StartResult.AlreadyStarted));
        Assert.Equal(tickets.Order(), (await File.ReadAllLinesAsync(Folder.File("ran"), Stop)).Order());
    }

    [Fact]
    public async Task GivenRunThatIsKnown_WhenEntered_ThenItsTicketsAreTold()
    {
        IWorkerChannel channel = await OpenAsync();
        Assert.Equal((false, 0), await KnownAsync(channel));
        Assert.Equal((true, 0), await KnownAsync(channel));
        string ended = await StartAsync(channel, "exit 5");
        await FollowAsync(channel, ended);
        string running = await StartAsync(channel, "sleep 300");
        string refused = NewTicket();
        await channel.TerminateAsync(Run1, refused, TimeSpan.Zero, Stop);

        RunOnWorker run = await channel.EnterRunAsync(Run1, 1, 0, Stop);

        Assert.True(run.WasKnown);
        Assert.Equal(
            [new(ended, TicketState.Exited, 5), new(running, TicketState.Running, null), new(refused, TicketState.Refused, null)],
            run.Tickets.OrderBy(ticket => ticket.Ticket, StringComparer.Ordinal));
        await channel.TerminateAsync(Run1, running, TimeSpan.Zero, Stop);
    }

    [Fact]
    public async Task GivenHigherToken_WhenLowerOneComes_ThenItIsFenced()
    {
        IWorkerChannel old = await EnterAsync(token: 4);
        IWorkerChannel young = await OpenAsync();
        Assert.True((await young.EnterRunAsync(Run1, 12, 0, Stop)).WasKnown);
        await FailsAsync(EngineError.FencedOut, () => old.EnterRunAsync(Run1, 4, 0, Stop));
        await FailsAsync(EngineError.FencedOut, () => old.StartAsync(Attempt("late", "echo", token: 4), Stop));
        Assert.Empty((await young.EnterRunAsync(Run1, 12, 0, Stop)).Tickets);
        Assert.Equal(StartResult.Started, await young.StartAsync(Attempt("late", "echo", token: 12), Stop));
    }

    [Fact]
    public async Task GivenRunThatWasNotEntered_WhenStarted_ThenItIsFenced()
    {
        IWorkerChannel channel = await EnterAsync();
        await FailsAsync(EngineError.FencedOut, () => channel.StartAsync(Attempt("t", "echo", run: "RunbookRuns-2"), Stop));
    }

    [Fact]
    public async Task GivenRunThatMustBeKnown_WhenItIsNot_ThenTheWorkerSaysSoAndMakesNothing()
    {
        IWorkerChannel channel = await OpenAsync();
        Assert.False((await channel.EnterRunAsync(Run1, 3, 1, Stop)).WasKnown);
        await FailsAsync(EngineError.FencedOut, () => channel.StartAsync(Attempt("t", "echo", token: 3), Stop));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(StateHome, "*", SearchOption.AllDirectories), path => path.Contains(Run1, StringComparison.Ordinal));

        // Who ends an attempt of it does not make it known either.
        Assert.Equal(TerminationVerdict.NeverStarted, (await channel.TerminateAsync(Run1, "t", TimeSpan.Zero, Stop)).Verdict);
        Assert.False((await channel.EnterRunAsync(Run1, 3, 3, Stop)).WasKnown);
        await FailsAsync(EngineError.FencedOut, () => channel.StartAsync(Attempt("u", "echo", token: 3), Stop));
        Assert.False((await channel.EnterRunAsync(Run1, 3, 0, Stop)).WasKnown);
        Assert.Equal(StartResult.Started, await channel.StartAsync(Attempt("u", "echo", token: 3), Stop));
        Assert.Equal(0, (await FollowAsync(channel, "u")).ExitCode);
    }

    [Fact]
    public async Task GivenRunThatMustBeKnownUnderAToken_WhenTheWorkerHasSeenOnlyLowerOnes_ThenItIsNotKnown()
    {
        IWorkerChannel channel = await EnterAsync(token: 3);
        Assert.False((await channel.EnterRunAsync(Run1, 9, 4, Stop)).WasKnown);
        Assert.True((await channel.EnterRunAsync(Run1, 3, 3, Stop)).WasKnown);
        Assert.True((await channel.EnterRunAsync(Run1, 12, 2, Stop)).WasKnown);
        await FailsAsync(EngineError.FencedOut, () => channel.EnterRunAsync(Run1, 9, 4, Stop));
    }

    [Fact]
    public async Task GivenChannelDisposedWhileScriptRuns_WhenOpenedAgain_ThenTheAttemptHasGoneOn()
    {
        IWorkerChannel first = await EnterAsync();
        string ticket = await StartAsync(first, $"echo begun; while [ ! -e {Folder.File("go")} ]; do sleep 0.02; done; echo done");
        await FollowUntilAsync(first, ticket, "begun\n");
        await first.DisposeAsync();
        await File.WriteAllTextAsync(Folder.File("go"), "", Stop);
        IWorkerChannel second = await OpenAsync();
        Assert.Equal(ticket, Assert.Single((await second.EnterRunAsync(Run1, 2, 0, Stop)).Tickets).Ticket);
        AttemptResult result = await FollowAsync(second, ticket);
        Assert.Equal(("begun\ndone\n", 0), (result.Out, result.ExitCode));
    }

    [Fact]
    public async Task GivenTicketThatIsUnknown_WhenFollowed_ThenItsOutcomeIsUnknown()
    {
        IWorkerChannel channel = await EnterAsync();
        await FailsAsync(EngineError.OutcomeUnknown, () => FollowAsync(channel, "nobody"));
    }

    [Fact]
    public async Task GivenRunThatHasEnded_WhenRemoved_ThenNothingOfItIsLeft()
    {
        IWorkerChannel channel = await EnterAsync();
        await RunAsync(channel, "mkdir -p a/b/c; touch 'a/b/x y' 'a/b/*'; chmod 000 a/b/c a/b a .; echo hi");
        await channel.EnterRunAsync("RunbookRuns-11", 1, 0, Stop);
        await channel.RemoveRunAsync(Run1, Stop);
        await channel.RemoveRunAsync("RunbookRuns-99", Stop);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(StateHome, "*", SearchOption.AllDirectories), path => path.Contains(Run1 + ".", StringComparison.Ordinal));
        Assert.True((await channel.EnterRunAsync("RunbookRuns-11", 1, 0, Stop)).WasKnown);
        Assert.False((await channel.EnterRunAsync(Run1, 1, 0, Stop)).WasKnown);
        await channel.RemoveRunAsync(Run1, Stop);
        await channel.RemoveRunAsync("RunbookRuns-11", Stop);
        await channel.DisposeAsync();
        await Eventually.HoldsAsync(() => !Directory.EnumerateFileSystemEntries(StateHome).Any(), "the state folder is empty", Stop);
    }

    private static async Task<(bool, int)> KnownAsync(IWorkerChannel channel)
    {
        RunOnWorker run = await channel.EnterRunAsync(Run1, 1, 0, Stop);
        return (run.WasKnown, run.Tickets.Count);
    }

    [Fact]
    public async Task GivenTicketThatWasNotStarted_WhenTerminated_ThenItNeverWillBe()
    {
        IWorkerChannel channel = await EnterAsync();
        Assert.Equal(TerminationVerdict.NeverStarted, (await channel.TerminateAsync(Run1, "t", Grace, Stop)).Verdict);
        Assert.Equal(TerminationVerdict.NeverStarted, (await channel.TerminateAsync(Run1, "t", Grace, Stop)).Verdict);
        Assert.Equal(StartResult.Refused, await channel.StartAsync(Attempt("t", $"echo ran >{Folder.File("ran")}"), Stop));
        Assert.Null((await FollowAsync(channel, "t")).ExitCode);
        Assert.False(File.Exists(Folder.File("ran")));
    }

    [Fact]
    public async Task GivenStartsAndTerminationsAtOnce_WhenBothAreDone_ThenNothingRuns()
    {
        IWorkerChannel channel = await EnterAsync();
        IWorkerChannel other = await EnterAsync();
        string mark = $"30{Random.Shared.Next(100000, 999999)}";
        string[] tickets = [.. Enumerable.Range(0, (2 * Many + 4) / 5).Select(_ => NewTicket())];
        await Task.WhenAll(tickets.Select(async ticket =>
        {
            Task<StartResult> start = channel.StartAsync(Attempt(ticket, $"sleep {mark}"), Stop);
            TerminationReceipt receipt = await other.TerminateAsync(Run1, ticket, TimeSpan.Zero, Stop);
            Assert.Equal(await start == StartResult.Refused, receipt.Verdict == TerminationVerdict.NeverStarted);
            Assert.NotEqual(TerminationVerdict.Left, receipt.Verdict);
        }));
        await Eventually.HoldsAsync(() => ProcessTree.WithCommandLine($"sleep {mark}").Count == 0, "none of them runs", Stop);
    }
}
