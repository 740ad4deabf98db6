using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Secrets;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Transports;

/// <summary>Sessions in processes of this machine that do not behave.</summary>
public sealed class LocalProcessTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private readonly WorkerSessions _sessions = new(new PlainProtector(), TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        if (PowerShellProgram.Path is null)
        {
            Assert.Skip("there is no pwsh on the PATH");
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    [Fact]
    public async Task GivenACommandThatRuns_WhenItsProcessIsKilled_ThenItFailsAndTheSessionClosesAtOnce()
    {
        IWorkerSession session = await _sessions.RentAsync("here", new PowerShellConnection(new LocalConnection()), isUnused: true, Stop);
        using SessionCommand command = new(session, "Start-Sleep 600");
        Task running = command.Ended;

        ProcessTree.Kill(session.Greeting.ProcessId);

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => running.WaitAsync(Long, Stop));
        Assert.Contains("pwsh ended with exit code 137", failure.Message, StringComparison.Ordinal);
        Assert.True(session.IsBroken);
        await session.DisposeAsync().AsTask().WaitAsync(Long, Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GivenAProcessThatHangs_WhenTheSessionIsClosed_ThenItIsEnded(bool isBusy)
    {
        IWorkerSession session = await _sessions.RentAsync("here", new PowerShellConnection(new LocalConnection()), isUnused: true, Stop);
        int process = session.Greeting.ProcessId;
        using SessionCommand? command = isBusy ? new(session, "Start-Sleep 600") : null;
        Task running = command?.Ended ?? Task.CompletedTask;
        await ProcessTree.SuspendAsync(process, Stop);

        await session.DisposeAsync().AsTask().WaitAsync(Long, Stop);

        await Eventually.HoldsAsync(() => !ProcessTree.IsRunning(process), "the process is still there", Stop);
        await Eventually.HoldsAsync(() => running.IsCompleted, "the command has not ended", Stop);
    }

    [Fact]
    public async Task GivenACommandThatWaitsForInput_WhenItsProcessEndsInsteadOfClosingTheSession_ThenBothEndAtOnce()
    {
        IWorkerSession session = await _sessions.RentAsync("here", new PowerShellConnection(new LocalConnection()), isUnused: true, Stop);
        using SessionCommand command = new(session, "'begun'; $input", waitsForInput: true);
        await Eventually.HoldsAsync(() => command.Count > 0, "the command runs", Stop);
        await ProcessTree.SuspendAsync(session.Greeting.ProcessId, Stop);
        Task closing = session.DisposeAsync().AsTask();
        await Eventually.HoldsAsync(() => command.IsClosing, "the session is told to close", Stop);

        ProcessTree.Kill(session.Greeting.ProcessId);

        // Less than it takes to give up a session that does not answer.
        await closing.WaitAsync(TimeSpan.FromSeconds(4), Stop);
        await Eventually.HoldsAsync(() => command.Ended.IsCompleted, "the command has ended", Stop);
    }

    [Fact]
    public async Task GivenASessionThatWritesWhereMessagesGo_WhenItIsUsed_ThenItGoesOn()
    {
        IWorkerSession session = await _sessions.RentAsync("here", new PowerShellConnection(new LocalConnection()), isUnused: true, Stop);
        using SessionCommand command = new(session, "[IO.File]::AppendAllText('/dev/stderr', \"noise`n\"); 'done'");

        await command.Ended.WaitAsync(Long, Stop);

        Assert.Equal(["done"], command.Written);
        await session.DisposeAsync();
    }
}
