using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>The contract over a shell of this machine.</summary>
public abstract class LocalContract : WorkerChannelContract
{
    private LocalTransport? _transport;

    /// <inheritdoc/>
    protected override string StateHome => Folder.File("state home");

    /// <summary>The shell; null: the default.</summary>
    protected virtual string? Shell => null;

    /// <summary>Which runner is forced.</summary>
    private protected virtual RunnerChoice Choice => RunnerChoice.Shell;

    /// <inheritdoc/>
    protected override IWorkerTransport Transport
    {
        get
        {
            if (_transport is null)
            {
                Directory.CreateDirectory(StateHome);
                TemporaryFolder.Open(StateHome);
                _transport = new(TimeProvider.System)
                {
                    Runner = Choice,
                    Environment = new Dictionary<string, string> { ["XDG_STATE_HOME"] = StateHome },
                };
            }

            return _transport;
        }
    }

    /// <inheritdoc/>
    protected override WorkerConnection Connection => new LocalConnection { Shell = Shell };

    /// <inheritdoc/>
    protected override WorkerConnection WithShell(string shell) => new LocalConnection { Shell = shell };

    [Fact]
    public async Task GivenTwoStoresOnOneWorker_WhenAnAttemptIsEnded_ThenTheOtherStoresOfTheSameTicketGoesOn()
    {
        IWorkerChannel first = await EnterAsync();
        await using IWorkerChannel second = await Transport.OpenAsync(new("fedcba9876543210", new WorkerId(7), "worker7", Connection), Stop);
        await second.EnterRunAsync(Run1, 1, 0, Stop);
        string ticket = await StartAsync(first, "echo there; sleep 300");
        Assert.Equal(StartResult.Started, await second.StartAsync(Attempt(ticket, "echo $$; echo there; exec sleep 300"), Stop));
        await FollowUntilAsync(first, ticket, "there\n");
        int other = int.Parse((await FollowUntilAsync(second, ticket, "there\n")).Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.NotEmpty((await first.TerminateAsync(Run1, ticket, TimeSpan.FromSeconds(1), Stop)).Ended);
        Assert.True(ProcessTree.IsRunning(other));
        TerminationReceipt receipt = await second.TerminateAsync(Run1, ticket, TimeSpan.FromSeconds(1), Stop);
        Assert.Contains(receipt.Ended, ended => ended.ProcessId == other);
        await second.RemoveRunAsync(Run1, Stop);
    }

    [Fact]
    public async Task GivenMeansInTheLoginsEnvironment_WhenAScriptRuns_ThenItDoesNotSeeThem()
    {
        LocalTransport transport = new(TimeProvider.System)
        {
            Runner = Choice,
            Environment = new Dictionary<string, string> { ["XDG_STATE_HOME"] = StateHome, ["OCTOWORKERS_MEANS"] = "Search" },
        };
        _ = Transport;
        await using IWorkerChannel channel = await transport.OpenAsync(new("0123456789abcdef", new WorkerId(8), "worker8", Connection), Stop);
        await channel.EnterRunAsync(Run1, 1, 0, Stop);
        Assert.Equal("none\n", (await RunAsync(channel, "echo \"${OCTOWORKERS_MEANS-none}\"")).Out);
        await channel.RemoveRunAsync(Run1, Stop);
    }

    /// <inheritdoc/>
    protected override void Cut()
    {
        int[] shells = [.. ProcessTree.Children(Environment.ProcessId).Where(id => ProcessTree.EnvironmentHolds(id, $"XDG_STATE_HOME={StateHome}"))];
        Assert.NotEmpty(shells);
        foreach (int shell in shells)
        {
            ProcessTree.Kill(shell);
        }
    }
}
