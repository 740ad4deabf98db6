using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

public abstract partial class WorkerChannelContract
{
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
}
