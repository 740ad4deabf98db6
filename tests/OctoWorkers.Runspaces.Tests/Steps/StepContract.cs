using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Secrets;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>What a step in a session must do, however the session is reached.</summary>
public abstract partial class StepContract : IAsyncLifetime
{
    protected const string Run1 = "RunbookRuns-1";
    private readonly WorkerSessions _sessions = new(new PlainProtector(), TimeProvider.System);
    private RunspaceTransport? _transport;
    private IWorkerChannel? _channel;
    private int _lastTicket;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What this machine lacks for these tests; null: nothing.</summary>
    protected virtual string? Missing => PowerShellProgram.Path is null ? "there is no pwsh on the PATH" : null;

    /// <summary>The worker's connection.</summary>
    protected abstract PowerShellConnection Connection { get; }

    /// <summary>A folder of the test's own.</summary>
    protected TemporaryFolder Folder { get; } = new();

    private protected WorkerSessions Sessions => _sessions;

    private protected RunspaceTransport Transport => _transport ??= new(_sessions);

    public ValueTask InitializeAsync()
    {
        if (Missing is { } missing)
        {
            Assert.Skip(missing);
        }

        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_channel is { Broken.IsCancellationRequested: false })
        {
            await _channel.RemoveRunAsync(Run1, CancellationToken.None);
        }

        if (_transport is not null)
        {
            await _transport.DisposeAsync();
        }

        await _sessions.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<IWorkerChannel> OpenAsync(WorkerConnection? connection = null)
        => Transport.OpenAsync(new("0123456789abcdef", new WorkerId(7), "worker7", connection ?? Connection), Stop);

    /// <summary>The channel of the test, with a run entered.</summary>
    protected async Task<IWorkerChannel> EnterAsync()
    {
        if (_channel is null)
        {
            _channel = await OpenAsync();
            await _channel.EnterRunAsync(Run1, 1, 0, Stop);
        }

        return _channel;
    }

    protected string NewTicket() => $"1-{Interlocked.Increment(ref _lastTicket)}-1";

    protected static ScriptSource Source(string body) => new(ScriptSyntax.PowerShell, body);

    protected async Task<string> StartAsync(ScriptSource source)
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = NewTicket();
        Assert.Equal(StartResult.Started, await channel.StartAsync(source.Start(Run1, 1, ticket), Stop));
        return ticket;
    }

    private protected Task<StepOutcome> RunAsync(string body) => RunAsync(Source(body));

    private protected async Task<StepOutcome> RunAsync(ScriptSource source) => await FollowAsync(await StartAsync(source));

    private protected async Task<StepOutcome> FollowAsync(string ticket, Func<string, bool>? until = null)
    {
        IWorkerChannel channel = await EnterAsync();
        return await StepOutcome.FollowAsync(channel.FollowAsync(ticket, default, Stop), until);
    }

    protected static async Task<OctoWorkersException> FailsAsync(EngineError error, Func<Task> action)
    {
        OctoWorkersException failure = await Assert.ThrowsAnyAsync<OctoWorkersException>(action);
        Assert.Equal(error, failure.Error);
        return failure;
    }
}
