using OctoWorkers.Runspaces.Hosting;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Secrets;
using OctoWorkers.TestKit.Ssh;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Transports;

/// <summary>Sessions whose <c>ssh</c> is killed. An exception that nobody catches would end the process of these tests.</summary>
public sealed class KilledClientTests : IAsyncLifetime
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private readonly SshServer _server = SshServer.WithSubsystem($"powershell {PowerShellProgram.Path} -sshs -NoLogo -NoProfile");
    private readonly WorkerSessions _sessions = new(new PlainProtector(), TimeProvider.System);
    private readonly Random _random = new(614);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PowerShellConnection Connection => field ??= new(_server.Connection) { MaxSessions = AtOnce };

    public ValueTask InitializeAsync()
    {
        if ((PowerShellProgram.Path is null ? "there is no pwsh on the PATH" : _server.Missing) is { } missing)
        {
            Assert.Skip(missing);
        }

        InstalledPowerShell.Require(new("tests", IsTarget: false));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task GivenSessionsThatAreOpened_WhenTheirClientsAreKilled_ThenEachFailureIsTold()
    {
        for (int round = 0; round < 3; round++)
        {
            Task<IWorkerSession>[] opening = [.. Enumerable.Range(0, AtOnce).Select(_ => _sessions.RentAsync("worker", Connection, isUnused: true, Stop))];
            await Eventually.HoldsAsync(() => Clients().Count > 0, "no client was started", Stop);

            // Any moment of the greeting will do.
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(600)), TimeProvider.System, Stop);
            Task all = Task.WhenAll(opening);
            while (!all.IsCompleted)
            {
                KillClients();
                await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(_random.Next(100)), TimeProvider.System, Stop));
            }

            foreach (Task<IWorkerSession> one in opening)
            {
                if (one.IsCompletedSuccessfully)
                {
                    await (await one).DisposeAsync().AsTask().WaitAsync(Long, Stop);
                    continue;
                }

                OctoWorkersException failure = await Assert.ThrowsAsync<OctoWorkersException>(() => one);
                Assert.Contains("'worker'", failure.Message, StringComparison.Ordinal);
                Assert.Contains("ssh ended with exit code", failure.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task GivenSessionsThatAreIdle_WhenTheirClientsAreKilled_ThenTheyAreBrokenAndCloseAtOnce()
    {
        IWorkerSession[] all = await RentAsync();

        KillClients();

        await Eventually.HoldsAsync(() => all.All(session => session.IsBroken), "a session does not know that its client has ended", Stop);
        await Task.WhenAll(all.Select(session => session.DisposeAsync().AsTask())).WaitAsync(Long, Stop);
    }

    [Fact]
    public async Task GivenCommandsThatWrite_WhenTheirClientsAreKilled_ThenEachFailsWithTheReason()
    {
        IWorkerSession[] all = await RentAsync();
        SessionCommand[] commands = [.. all.Select(session => new SessionCommand(session, "1..1000000 | ForEach-Object { 'word' * 100 }"))];
        await Eventually.HoldsAsync(() => commands.All(command => command.Count > 10), "a command does not write", Stop);

        KillClients();

        foreach (SessionCommand command in commands)
        {
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => command.Ended.WaitAsync(Long, Stop));
            Assert.Contains("ssh ended with exit code", failure.Message, StringComparison.Ordinal);
            command.Dispose();
        }

        await Task.WhenAll(all.Select(session => session.DisposeAsync().AsTask())).WaitAsync(Long, Stop);
    }

    [Fact]
    public async Task GivenSessionsThatAreClosing_WhenTheirClientsAreKilled_ThenTheyAreClosed()
    {
        IWorkerSession[] all = await RentAsync();

        Task closing = Task.WhenAll(all.Select(session => Task.Run(() => session.DisposeAsync().AsTask(), Stop)));
        KillClients();

        await closing.WaitAsync(Long, Stop);
        Assert.All(all, session => Assert.True(session.IsBroken));
    }

    private Task<IWorkerSession[]> RentAsync()
        => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => _sessions.RentAsync("worker", Connection, isUnused: true, Stop)));

    private IReadOnlyList<int> Clients()
        => [.. ProcessTree.Children(Environment.ProcessId).Intersect(ProcessTree.WithCommandLine(_server.ConfigurationFile))];

    private void KillClients()
    {
        foreach (int client in Clients())
        {
            ProcessTree.Kill(client);
        }
    }
}
