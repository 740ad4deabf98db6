using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

public abstract partial class WorkerChannelContract
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
        string[] tickets = [.. Enumerable.Range(0, 10).Select(_ => NewTicket())];
        StartResult[] results = await Task.WhenAll(tickets.SelectMany(
            ticket => new[] { one, two }.Select(channel => channel.StartAsync(Attempt(ticket, $"echo {ticket} >> {Folder.File("ran")}"), Stop))));
        foreach (string ticket in tickets)
        {
            Assert.Equal(0, (await FollowAsync(one, ticket)).ExitCode);
            Assert.Equal(0, (await FollowAsync(two, ticket)).ExitCode);
        }

        Assert.Equal(10, results.Count(result => result == StartResult.Started));
        Assert.Equal(10, results.Count(result => result == StartResult.AlreadyStarted));
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
    public async Task GivenConnectionCutWhileOutputComes_WhenFollowedOnAnotherChannel_ThenNoByteIsLostOrDoubled()
    {
        IWorkerChannel first = await EnterAsync();
        string ticket = await StartAsync(first, $$"""
            awk 'BEGIN { for (i = 0; i < 30000; i++) printf "%099d\n", i }'
            while [ ! -e {{Folder.File("go")}} ]; do sleep 0.02; done
            awk 'BEGIN { for (i = 30000; i < 60000; i++) printf "%099d\n", i }'
            """);
        using MemoryStream output = new();
        await FailsAsync(EngineError.WorkerUnavailable, async () =>
        {
            bool cut = false;
            await foreach (AttemptSignal signal in first.FollowAsync(ticket, default, Stop))
            {
                output.Write(((OutputRead)signal).Bytes.Span);
                if (!cut && output.Length > 1_000_000)
                {
                    cut = true;
                    Cut();
                }
            }
        });
        Assert.True(first.Broken.IsCancellationRequested);
        await FailsAsync(EngineError.WorkerUnavailable, () => first.EnterRunAsync(Run1, 1, 0, Stop));

        IWorkerChannel second = await EnterAsync(token: 2);
        await File.WriteAllTextAsync(Folder.File("go"), "", Stop);
        AttemptResult rest = await FollowAsync(second, ticket, new(output.Length, 0));

        Assert.Equal(0, rest.ExitCode);
        output.Write(rest.OutBytes);
        string expected = string.Concat(Enumerable.Range(0, 60000).Select(n => $"{n:D99}\n"));
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(output.ToArray()));
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
    public async Task GivenSupervisorThatWasKilled_WhenFollowed_ThenTheAttemptIsLost()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, "echo $PPID; exec sleep 300");
        string output = await FollowUntilAsync(channel, ticket, "\n");
        ProcessTree.Kill(int.Parse(output, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null((await FollowAsync(channel, ticket)).ExitCode);
        Assert.Equal(TicketState.Lost, Assert.Single((await channel.EnterRunAsync(Run1, 1, 0, Stop)).Tickets).State);
        await channel.TerminateAsync(Run1, ticket, TimeSpan.Zero, Stop);
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

    [Fact]
    public async Task GivenAttemptsNobodyReads_WhenTheirRunIsRemoved_ThenTheChannelGoesOn()
    {
        IWorkerChannel channel = await OpenAsync();
        for (int round = 1; round <= 20; round++)
        {
            string run = $"RunbookRuns-{100 + round}";
            await channel.EnterRunAsync(run, 1, 0, Stop);
            string ticket = NewTicket();
            await channel.StartAsync(Attempt(ticket, "echo; echo there >&2; echo again", run: run), Stop);

            // At another moment of its life each time; a runner may refuse it while it runs.
            for (int pause = 0; pause < round; pause++)
            {
                Assert.True((await channel.EnterRunAsync(run, 1, 1, Stop)).WasKnown);
            }

            try
            {
                await channel.RemoveRunAsync(run, Stop);
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.WorkerUnusable)
            {
                await channel.TerminateAsync(run, ticket, TimeSpan.Zero, Stop);
                await channel.RemoveRunAsync(run, Stop);
            }
        }

        await channel.EnterRunAsync(Run1, 1, 0, Stop);
        Assert.Equal("still\n", (await RunAsync(channel, "echo still")).Out);
    }

    private static async Task<(bool, int)> KnownAsync(IWorkerChannel channel)
    {
        RunOnWorker run = await channel.EnterRunAsync(Run1, 1, 0, Stop);
        return (run.WasKnown, run.Tickets.Count);
    }
}
