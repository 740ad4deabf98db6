using System.Text;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using Xunit;

namespace OctoWorkers.TestKit.Transports;

/// <summary>
/// What every channel to a worker must do, whatever carries it. Scripts are POSIX sh, since a worker may have no more.
/// </summary>
public abstract partial class ChannelContract : IAsyncLifetime
{
    protected const string Run1 = "RunbookRuns-1";
    protected static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);
    private readonly List<IWorkerChannel> _channels = [];
    private int _lastTicket;

    /// <summary>What this machine lacks for these tests; null: nothing.</summary>
    protected virtual string? Missing => null;

    /// <summary>The runner that must answer.</summary>
    protected virtual string Runner => "sh";

    /// <summary>Where the worker keeps its state.</summary>
    protected abstract string StateHome { get; }

    /// <summary>How many attempts there are where a test wants many.</summary>
    protected virtual int Many => 50;

    /// <summary>How many bytes a script writes that nobody reads for a while: more than is kept for a reader, a multiple of 10,000.</summary>
    protected virtual int MuchOutput => 22_000_000;

    /// <summary>How many bytes a file has that is not read at once: an even number.</summary>
    protected virtual int Much => 5_000_000;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A folder of the test's own, that the worker can read.</summary>
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>The transport under test.</summary>
    protected abstract IWorkerTransport Transport { get; }

    /// <summary>The worker's connection.</summary>
    protected abstract WorkerConnection Connection { get; }

    public ValueTask InitializeAsync()
    {
        TemporaryFolder.Open(Folder.Path);
        if (Missing is { } missing)
        {
            Assert.Skip(missing);
        }

        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        // Nothing of a test stays on the worker, also not what lies outside of its folder, as control groups do.
        if (_channels.LastOrDefault(channel => !channel.Broken.IsCancellationRequested) is { } open)
        {
            RunOnWorker known = await open.EnterRunAsync(Run1, 1_000_000, 0, CancellationToken.None);
            foreach (TicketOnWorker ticket in known.Tickets.Where(ticket => ticket.State == TicketState.Running))
            {
                await open.TerminateAsync(Run1, ticket.Ticket, TimeSpan.Zero, CancellationToken.None);
            }

            await open.RemoveRunAsync(Run1, CancellationToken.None);
        }

        foreach (IWorkerChannel channel in _channels)
        {
            await channel.DisposeAsync();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<IWorkerChannel> OpenAsync(WorkerConnection? connection = null)
    {
        WorkerAddress address = new("0123456789abcdef", new WorkerId(7), "worker7", connection ?? Connection);
        IWorkerChannel channel = await Transport.OpenAsync(address, Stop);
        _channels.Add(channel);
        return channel;
    }

    protected async Task<IWorkerChannel> EnterAsync(string run = Run1, long token = 1)
    {
        IWorkerChannel channel = await OpenAsync();
        await channel.EnterRunAsync(run, token, 0, Stop);
        return channel;
    }

    protected string NewTicket() => $"t-{Interlocked.Increment(ref _lastTicket)}-x";

    /// <summary>An attempt that lets sh run a script.</summary>
    protected virtual AttemptStart Attempt(string ticket, string script, long token = 1, string run = Run1)
        => new(run, token, ticket, ["sh"], Encoding.UTF8.GetBytes(script));

    /// <summary>Starts a script and returns its ticket.</summary>
    protected async Task<string> StartAsync(IWorkerChannel channel, string script)
    {
        string ticket = NewTicket();
        Assert.Equal(StartResult.Started, await channel.StartAsync(Attempt(ticket, script), Stop));
        return ticket;
    }

    /// <summary>Runs a script to its end.</summary>
    protected async Task<AttemptResult> RunAsync(IWorkerChannel channel, string script)
        => await FollowAsync(channel, await StartAsync(channel, script));

    protected static async Task<AttemptResult> FollowAsync(IWorkerChannel channel, string ticket, OutputOffsets from = default)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        AttemptExited? exited = null;
        await foreach (AttemptSignal signal in channel.FollowAsync(ticket, from, Stop))
        {
            Assert.Null(exited);
            if (signal is OutputRead read)
            {
                MemoryStream stream = read.Stream == OutputKind.Out ? output : error;
                Assert.Equal(stream.Length + (read.Stream == OutputKind.Out ? from.Out : from.Error), read.Offset);
                stream.Write(read.Bytes.Span);
            }
            else
            {
                exited = Assert.IsType<AttemptExited>(signal);
            }
        }

        Assert.NotNull(exited);
        return new(output.ToArray(), error.ToArray(), exited.ExitCode, exited.OutputHeldOpen);
    }

    /// <summary>Follows until the output holds a text, and stops following.</summary>
    protected static async Task<string> FollowUntilAsync(IWorkerChannel channel, string ticket, string text)
    {
        StringBuilder output = new();
        await foreach (AttemptSignal signal in channel.FollowAsync(ticket, default, Stop))
        {
            Assert.IsType<OutputRead>(signal);
            output.Append(Encoding.UTF8.GetString(((OutputRead)signal).Bytes.Span));
            if (output.ToString().Contains(text, StringComparison.Ordinal))
            {
                break;
            }
        }

        return output.ToString();
    }

    protected static async Task<OctoWorkersException> FailsAsync(EngineError error, Func<Task> action)
    {
        OctoWorkersException failure = await Assert.ThrowsAnyAsync<OctoWorkersException>(action);
        Assert.Equal(error, failure.Error);
        return failure;
    }
}
