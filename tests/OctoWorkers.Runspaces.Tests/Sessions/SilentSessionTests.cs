using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Hosting;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Secrets;
using OctoWorkers.TestKit.Ssh;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>Sessions that do not answer while they are opened.</summary>
public sealed class SilentSessionTests : IAsyncLifetime
{
    private static readonly MachineName Worker = new("silent", IsTarget: false);

    // Less than what a session that was used, or a script in it, may take for an orderly end.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    // The longest that opening may take.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        if (PowerShellProgram.Path is null)
        {
            Assert.Skip("there is no pwsh on the PATH");
        }

        InstalledPowerShell.Require(Worker);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(null, "did not say then what it is")]
    [InlineData("Import-Module", "stopped answering while it was made ready")]
    [InlineData("Write-Host", "stopped answering while it was made ready")]
    public async Task GivenAnOpenSessionWhoseProcessIsSuspended_WhenItsTimeIsOver_ThenItIsGivenUpAtOnceAndItsProcessEnded(string? last, string found)
    {
        OpenedRunspace opened = await new SessionOpener(new PlainProtector()).OpenAsync(Worker.Name, new(new LocalConnection()), SessionUse.Step, null, Stop);

        // What is run when the session is prepared, or by the step that rehearses, suspends the process.
        string script = last is null ? "$PID" : $"function global:{last} {{ /bin/kill -STOP $PID }}; $PID";
        int process = int.Parse((await RemoteCall.InvokeAsync(opened.Remote, script, [], Stop))[0].ToString(), CultureInfo.InvariantCulture);
        if (last is null)
        {
            await ProcessTree.SuspendAsync(process, Stop);
        }

        try
        {
            bool isClosed = false;
            using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            Task warming = SessionWarmUp.RunAsync(Worker, opened, SessionUse.Step, () => isClosed = true, time.Token);
            await Eventually.HoldsAsync(() => ProcessTree.IsSuspended(process), "it is suspended", Stop);
            await time.CancelAsync();

            OpeningGivenUpException failure = await Assert.ThrowsAsync<OpeningGivenUpException>(() => warming.WaitAsync(Soon, Stop));
            Assert.Contains(found, failure.Found, StringComparison.Ordinal);
            Assert.True(isClosed);
            await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(process), "its process is ended", Stop);
        }
        finally
        {
            ProcessTree.Kill(process);
        }
    }

    [Fact]
    public async Task GivenASubsystemThatNeverSpeaks_WhenTheTimeIsOver_ThenTheMessageTellsWhatWasAskedForAndWhatToCheck()
    {
        using SshServer server = SshServer.WithSubsystem("powershell exec /bin/cat > /dev/null");
        if (server.Missing is { } missing)
        {
            Assert.Skip(missing);
        }

        HandTime time = new();
        await using WorkerSessions sessions = new(new PlainProtector(), time);
        Task<IWorkerSession> renting = sessions.RentAsync(Worker.Name, new PowerShellConnection(server.Connection), isUnused: true, Stop);
        await Eventually.HoldsAsync(() => ProcessTree.WithEnvironment(server.StateHome).Intersect(ProcessTree.WithCommandLine("/bin/cat")).Any(), "the subsystem runs", Stop);
        time.Turn(Limit);

        OctoWorkersException failure = await Assert.ThrowsAsync<OctoWorkersException>(() => renting.WaitAsync(Soon, Stop));
        Assert.Equal(EngineError.WorkerUnavailable, failure.Error);
        Assert.Equal(
            "Worker 'silent': no PowerShell session was open after 90 s. ssh asked 'loopback' for the subsystem 'powershell', and no PowerShell answered, nor did anything else come. "
            + "Check that 'ssh loopback' logs in without asking for anything, and that 'Subsystem powershell /path/of/pwsh -sshs -NoLogo -NoProfile' is in the worker's sshd_config. "
            + "For ssh's own words on a machine that does not answer at all, set 'ConnectTimeout' in the ssh configuration.", failure.Message);
    }

    [Theory]
    [InlineData(false, "no PowerShell session was open after 90 s. ssh asked '127.0.0.1'")]
    [InlineData(true, "Connection timed out during banner exchange")]
    public async Task GivenAMachineThatTakesTheConnectionAndSaysNothing_WhenTheTimeOfTheOpeningOrOfTheUsersConfigurationIsOver_ThenItIsGivenUp(bool isConfigured, string message)
    {
        using TemporaryFolder folder = new();
        string configuration = folder.File("ssh_config");
        await File.WriteAllTextAsync(configuration, isConfigured ? "ConnectTimeout 1\n" : "", Stop);
        using TcpListener machine = new(IPAddress.Loopback, 0);
        machine.Start();
        SshConnection connection = new("127.0.0.1") { Port = ((IPEndPoint)machine.LocalEndpoint).Port, ConfigurationFile = configuration };
        HandTime time = new();
        await using WorkerSessions sessions = new(new PlainProtector(), time);

        Task<IWorkerSession> renting = sessions.RentAsync(Worker.Name, new PowerShellConnection(connection), isUnused: true, Stop);
        using Socket accepted = await machine.AcceptSocketAsync(Stop);
        if (!isConfigured)
        {
            time.Turn(Limit);
        }

        OctoWorkersException failure = await Assert.ThrowsAsync<OctoWorkersException>(() => renting.WaitAsync(Soon, Stop));
        Assert.Equal(EngineError.WorkerUnavailable, failure.Error);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => ProcessTree.WithCommandLine(configuration).Count == 0, "the client is ended", Stop);
    }

    [Fact]
    public void GivenWhatCameBack_WhenTheOpeningIsGivenUp_ThenTheMessageHasItAndTheRemedyFitsTheWay()
    {
        string local = OpeningSilence.Of(new(new LocalConnection()), "welcome\nto the machine", hasAnswered: false);
        string winRm = OpeningSilence.Of(new(new WinRmConnection("db1") { UseSsl = true }), "", hasAnswered: false);
        string half = OpeningSilence.Of(new(new SshConnection("web1")) { Subsystem = "pwsh7" }, "", hasAnswered: true);

        Assert.Matches("^'.*/pwsh' was started on this machine, and no PowerShell answered. It said: 'welcome to the machine'. Check that '.*/pwsh -NoProfile -Command 1' ends.$", local);
        Assert.Contains("on 'db1' at port 5986, and no PowerShell answered, nor did anything else come. Check it there with 'Get-Service WinRM'", winRm, StringComparison.Ordinal);
        Assert.Contains("for the subsystem 'pwsh7', and a PowerShell began to answer and stopped", half, StringComparison.Ordinal);
    }
}
