using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>Tests of steps in sessions.</summary>
/// <param name="worker">Where they run.</param>
public abstract class StepTests(SharedWorker worker) : IAsyncLifetime
{
    protected const string Run1 = "RunbookRuns-1";
    private IWorkerChannel? _channel;
    private int _lastTicket;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A folder of the test's own.</summary>
    protected TemporaryFolder Folder { get; } = new();

    public ValueTask InitializeAsync()
    {
        if (worker.Missing is { } missing)
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

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A channel over a transport.</summary>
    protected Task<IWorkerChannel> OpenAsync(IWorkerTransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return transport.OpenAsync(new(worker.StoreKey, new WorkerId(7), "worker7", worker.Connection), Stop);
    }

    /// <summary>The channel of the test, with a run entered.</summary>
    protected async Task<IWorkerChannel> EnterAsync()
    {
        if (_channel is null)
        {
            _channel = await OpenAsync(worker.Transport);
            await _channel.EnterRunAsync(Run1, 1, 0, Stop);
        }

        return _channel;
    }

    protected string NewTicket() => $"1-{Interlocked.Increment(ref _lastTicket)}-1";

    protected static ScriptSource Source(string body) => new(ScriptSyntax.PowerShell, body);

    protected static ScriptSource Keeping(string body, string value, params (string Name, string Value)[] others)
        => Source(body) with
        {
            Variables = new Dictionary<string, string>(others.Select(other => KeyValuePair.Create(other.Name, other.Value)))
            {
                ["Octopus.Some.Thing"] = "thing", ["OctoWorkers.PowerShell.KeepSession"] = "True", ["Given"] = value,
            },
        };

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
