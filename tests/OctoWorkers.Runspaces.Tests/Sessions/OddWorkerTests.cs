using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Secrets;
using OctoWorkers.TestKit.Ssh;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>Machines that answer, and are no workers.</summary>
public sealed class OddWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "Subsystem powershell")]
    [InlineData("powershell /no/such/pwsh", "no PowerShell that serves sessions")]
    [InlineData("powershell /bin/echo hello", "hello")]
    [InlineData("powershell /bin/echo broken profile; exit 1", "broken profile")]
    [InlineData("powershell /bin/cat /dev/zero", "too long")]
    public async Task GivenASubsystemThatServesNoSessions_WhenASessionIsAskedFor_ThenTheWorkerSaysWhy(string? subsystem, string message)
    {
        using SshServer server = Server(subsystem);
        await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);

        OctoWorkersException failure = await Assert.ThrowsAnyAsync<OctoWorkersException>(() => sessions.RentAsync("odd", new PowerShellConnection(server.Connection), isUnused: true, Stop));

        Assert.True(failure.Error is EngineError.WorkerUnusable or EngineError.WorkerUnavailable, $"{failure.Error}");
        Assert.Contains("'odd'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenALoginThatPrints_WhenASessionIsAskedFor_ThenItIsOpened()
    {
        using SshServer server = Server($"powershell /bin/echo welcome; /bin/echo -n no end of line; exec {PowerShellProgram.Path} -sshs -NoLogo -NoProfile");
        await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);

        IWorkerSession session = await sessions.RentAsync("odd", new PowerShellConnection(server.Connection), isUnused: true, Stop);

        Assert.False(session.IsBroken);
        await session.DisposeAsync();
    }

    [Fact]
    public async Task GivenALoginThatWaits_WhenTheCallerGivesUp_ThenTheWaitEnds()
    {
        string waiting = $"/bin/sleep 614{Random.Shared.Next(100_000, 999_999)}";
        using SshServer server = Server($"powershell {waiting}");
        using CancellationTokenSource soon = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        try
        {
            await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);
            Task<IWorkerSession> renting = sessions.RentAsync("odd", new PowerShellConnection(server.Connection), isUnused: true, soon.Token);
            await Eventually.HoldsAsync(() => ProcessTree.WithCommandLine(waiting).Count > 0, "the login has not begun to wait", Stop);
            await soon.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => renting);
        }
        finally
        {
            // It does not notice that its connection has gone; no other comes when the sshd is not there.
            server.Stop();
            foreach (int left in ProcessTree.WithCommandLine(waiting))
            {
                ProcessTree.Kill(left);
            }
        }
    }

    [Fact]
    public async Task GivenNobodyWhoListens_WhenASessionIsAskedFor_ThenTheWorkerIsUnavailable()
    {
        using SshServer server = Server(null);
        SshConnection connection = server.Connection;
        server.Stop();
        await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);

        OctoWorkersException failure = await Assert.ThrowsAnyAsync<OctoWorkersException>(() => sessions.RentAsync("gone", new PowerShellConnection(connection), isUnused: true, Stop));

        Assert.Equal(EngineError.WorkerUnavailable, failure.Error);
        Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.1.19041.1")]
    [InlineData("7.3.12")]
    [InlineData("no version")]
    public void GivenAnOldPowerShell_WhenItGreets_ThenItIsUnusable(string version)
    {
        OctoWorkersException failure = Assert.Throws<OctoWorkersException>(
            () => SessionWarmUp.Read(new("old", IsTarget: false), [version, "1", "Linux", "x86_64", "host", "user", "/usr/bin/pwsh", "/home/user", "2", "8000000000"]));

        Assert.Equal(EngineError.WorkerUnusable, failure.Error);
        Assert.Contains(version, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.1.19041.1")]
    [InlineData("7.0.13")]
    public async Task GivenASubsystemWithAnOldPowerShell_WhenASessionIsAskedFor_ThenTheWorkerSaysWhatItHasAndWhatIsNeeded(string version)
    {
        using TemporaryFolder folder = new();
        TemporaryFolder.Open(folder.Path);
        string program = folder.File("old.ps1");
        await File.WriteAllTextAsync(program, $"""
            $PSVersionTable['PSVersion'] = [version]'{version}'
            $server = [psobject].Assembly.GetType('System.Management.Automation.Remoting.Server.StdIOProcessMediator')
            $null = $server.GetMethod('Run', [Reflection.BindingFlags]'NonPublic, Static').Invoke($null, [object[]]($null, $null, $null, $null, $false))
            """, Stop);
        using SshServer server = Server($"powershell {PowerShellProgram.Path} -NoLogo -NoProfile -NonInteractive -File {program}");
        await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);

        OctoWorkersException failure = await Assert.ThrowsAnyAsync<OctoWorkersException>(() => sessions.RentAsync("odd", new PowerShellConnection(server.Connection), isUnused: true, Stop));

        Assert.Equal(EngineError.WorkerUnusable, failure.Error);
        Assert.Contains($"has PowerShell {version}, and sessions need 7.4 or later", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenADeploymentTargetThatCannotBeReached_WhenAChannelIsOpened_ThenTheMessageCallsItThatAndNamesTheSubsystemThatWasAskedFor()
    {
        using SshServer server = Server(null);
        await using WorkerSessions sessions = new(new PlainProtector(), TimeProvider.System);
        await using RunspaceTransport transport = new(sessions);
        WorkerAddress address = new("0123456789abcdef", new WorkerId(7), "odd", new PowerShellConnection(server.Connection) { Subsystem = "nosuch" }) { IsTarget = true };

        OctoWorkersException failure = await Assert.ThrowsAnyAsync<OctoWorkersException>(() => transport.OpenAsync(address, Stop));

        Assert.StartsWith("Deployment target 'odd': its sshd has no subsystem 'nosuch'. Add 'Subsystem nosuch /path/of/pwsh -sshs", failure.Message, StringComparison.Ordinal);
    }

    private static SshServer Server(string? subsystem)
    {
        SshServer server = SshServer.WithSubsystem(subsystem);
        if ((PowerShellProgram.Path is null ? "there is no pwsh on the PATH" : server.Missing) is { } missing)
        {
            server.Dispose();
            Assert.Skip(missing);
        }

        return server;
    }
}
