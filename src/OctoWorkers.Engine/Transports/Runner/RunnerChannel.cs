using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Compilation;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>A channel to a worker's runner, whatever carries it.</summary>
internal sealed partial class RunnerChannel : IWorkerChannel
{
    private readonly RunnerConnection _connection;
    private readonly OutputPoller? _poller;
    private readonly MachineName _worker;

    internal RunnerChannel(RunnerConnection connection, WorkerGreeting greeting, MachineName worker, TimeProvider clock)
    {
        _connection = connection;
        _worker = worker;
        Greeting = greeting;
        Packages = new RunnerPackageCache(connection, worker);
        _poller = greeting.Runner == "sh" ? new(connection, clock) : null;
    }

    /// <inheritdoc/>
    public WorkerGreeting Greeting { get; }

    /// <inheritdoc/>
    public CancellationToken Broken => _connection.Broken;

    /// <inheritdoc/>
    public IPackageCache Packages { get; }

    /// <summary>How many attempts' output is taken.</summary>
    internal int Following => _connection.Following;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<RunOnWorker> EnterRunAsync(string run, long fencingToken, long knownUnder, CancellationToken cancellationToken)
    {
        WireText.Name(run, "run");
        Answer answer = await _connection.AskAsync(
            id => new CommandWriter("enter").Number(id).Word(run, "The run").Number(fencingToken).Number(knownUnder).End(), null, cancellationToken).ConfigureAwait(false);
        return answer.Word switch
        {
            "new" or "unknown" => new(false, []),
            "known" => new(true, [.. answer.Rest.Select(Ticket)]),
            "fenced" => throw Fenced(run, fencingToken, answer),
            _ => throw Unexpected("enter", answer),
        };
    }

    /// <inheritdoc/>
    public async Task<StartResult> StartAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        WireText.Name(start.Run, "run");
        WireText.Name(start.Ticket, "ticket");
        AttemptFollower follower = new(start.Ticket, default);
        Answer answer = await _connection.AskAsync(id => Command(id, start), follower, cancellationToken).ConfigureAwait(false);
        if (answer.Word == "started")
        {
            _poller?.Follow();
        }

        return answer.Word switch
        {
            "started" => StartResult.Started,
            "used" => StartResult.AlreadyStarted,
            "refused" => StartResult.Refused,
            "fenced" => throw Fenced(start.Run, start.FencingToken, answer),
            "unknown" => throw new OctoWorkersException(
                EngineError.FencedOut, $"Run '{start.Run}' was not entered on {_worker.Within}; enter it first.", start.Run),
            _ => throw Unexpected("start", answer),
        };
    }

    /// <inheritdoc/>
    public async Task<TerminationReceipt> TerminateAsync(string run, string ticket, TimeSpan grace, CancellationToken cancellationToken)
    {
        WireText.Name(run, "run");
        WireText.Name(ticket, "ticket");
        long milliseconds = (long)Math.Ceiling(Math.Max(0, grace.TotalMilliseconds));
        Answer answer = await _connection.AskAsync(
            id => new CommandWriter("term").Number(id).Word(run, "The run").Word(ticket, "The ticket").Number(milliseconds).End(),
            null,
            cancellationToken).ConfigureAwait(false);
        return ReceiptText.Parse(answer) ?? throw Unexpected("term", answer);
    }

    /// <inheritdoc/>
    public async Task RemoveRunAsync(string run, CancellationToken cancellationToken)
    {
        WireText.Name(run, "run");
        Answer answer = await _connection.AskAsync(
            id => new CommandWriter("remove").Number(id).Word(run, "The run").End(), null, cancellationToken).ConfigureAwait(false);
        if (answer.Word == "left")
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnusable,
                $"{_worker} could not remove what run '{run}' left there: {string.Join(", ", answer.Rest.Select(WireText.Decode))}. Remove it by hand.",
                _worker.Name);
        }

        if (answer.Word != "ok")
        {
            throw Unexpected("remove", answer);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        if (_poller is not null)
        {
            await _poller.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ReadOnlyMemory<byte> Command(long id, AttemptStart start)
        => new CommandWriter("start", start.Script.Length + 1024)
            .Number(id)
            .Word(start.Run, "The run")
            .Number(start.FencingToken)
            .Word(start.Ticket, "The ticket")
            .Word(start.Script.Span, "The script")
            .Word(start.Input.Span, "The script's input")
            .Counted([.. start.Environment.Select(variable => $"{variable.Key}={variable.Value}")], "An environment variable")
            .Counted(start.Interpreter, "The interpreter")
            .Counted(start.Arguments, "An argument")
            .End();

    private static TicketOnWorker Ticket(string word)
    {
        string[] parts = word.Split(':');
        return parts is [var ticket, var state, var code] && Enum.TryParse(state, ignoreCase: true, out TicketState known)
            ? new(ticket, known, known == TicketState.Exited && int.TryParse(code, out int number) ? number : null)
            : throw new OctoWorkersException(EngineError.ProtocolViolation, $"A worker told of a ticket in words that are not the protocol: '{word}'.");
    }

    private static OctoWorkersException Fenced(string run, long token, Answer answer)
        => new(
            EngineError.FencedOut,
            $"Run '{run}' has a newer owner: the worker has seen fencing token {string.Join(' ', answer.Rest)}, above {token}.",
            run);

    private OctoWorkersException Unexpected(string verb, Answer answer)
        => new(EngineError.ProtocolViolation, $"{_worker} answered '{verb}' with '{answer.Word}', which is not the protocol.", _worker.Name);
}
