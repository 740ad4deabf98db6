using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using OctoWorkers.Engine.Compilation;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// The engine's half of the wire: matches answers with commands and hands output to followers. It knows when the connection has broken.
/// </summary>
internal sealed class RunnerConnection : IFrameSink, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ClientProcess _process;
    private readonly TimeProvider _clock;
    private readonly CommandQueue _commands;
    private readonly MachineName _worker;
    private readonly ConcurrentDictionary<long, PendingAnswer> _pending = new();
    private readonly ConcurrentDictionary<string, AttemptFollower> _followers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AttemptFollower> _unclaimed = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _broken = new();
    private readonly TaskCompletionSource _readingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _cause;
    private volatile string? _end;
    private long _lastId;
    private int _disposed;
    private AttemptFollower? _receiver;
    private OutputKind _stream;
    private long _offset;

    internal RunnerConnection(ClientProcess process, string boundary, MachineName worker, TimeProvider clock)
    {
        _process = process;
        _worker = worker;
        _clock = clock;
        _commands = new(process.Input, Break);
        Handshake = new(boundary);
        new Thread(() => Read(new(process.Output, boundary, this)), maxStackSize: 512 * 1024) { IsBackground = true, Name = $"channel {worker}" }.Start();
    }

    internal Handshake Handshake { get; }

    /// <summary>Cancelled when the connection has broken.</summary>
    internal CancellationToken Broken => _broken.Token;

    /// <summary>How many attempts are followed and have not ended.</summary>
    internal int Following => _followers.Count;

    /// <summary>Counts what came, so that somebody can see that nothing does.</summary>
    internal long Received { get; private set; }

    /// <summary>Writes something that has no answer.</summary>
    internal void Send(ReadOnlyMemory<byte> command) => _commands.Add(command);

    /// <summary>Writes a command and waits for its answer. The follower, if any, is attached when the answer says that frames may follow.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnavailable"/>: the connection broke.</exception>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    internal async Task<Answer> AskAsync(Func<long, ReadOnlyMemory<byte>> command, AttemptFollower? follower, CancellationToken cancellationToken)
    {
        long id = Interlocked.Increment(ref _lastId);
        PendingAnswer pending = new(follower);
        ReadOnlyMemory<byte> bytes = command(id);
        _pending[id] = pending;
        if (_broken.IsCancellationRequested && _pending.TryRemove(id, out _))
        {
            throw Unavailable();
        }

        _commands.Add(bytes);
        Answer answer = await pending.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return answer.Word == "error"
            ? throw new OctoWorkersException(
                EngineError.WorkerUnusable, $"{_worker} cannot do what was asked: {string.Join(' ', answer.Rest.Select(WireText.Decode))}", _worker.Name)
            : answer;
    }

    /// <summary>
    /// The follower that a start has left for the first reader; null when there is none, or the reader wants to begin elsewhere.
    /// </summary>
    internal AttemptFollower? Claim(string ticket, OutputOffsets from)
    {
        return from == default && _unclaimed.TryRemove(ticket, out AttemptFollower? follower) ? follower : null;
    }

    /// <summary>Takes a follower away, if it is still the attempt's.</summary>
    internal bool Detach(AttemptFollower follower)
    {
        follower.Discard();
        return _followers.TryRemove(new KeyValuePair<string, AttemptFollower>(follower.Ticket, follower));
    }

    /// <inheritdoc/>
    public FrameBody OnLine(ReadOnlySpan<byte> line)
    {
        Received++;
        if (!Handshake.Greeting.IsCompleted)
        {
            Handshake.OnLine(line);
            return FrameBody.None;
        }

        string[] words = Encoding.UTF8.GetString(line).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["R", var id, var word, ..]:
                OnAnswer(ParseNumber(id), new(word, words[3..]));
                return FrameBody.None;
            case ["B", var ticket, var stream, var offset]:
                Receive(ticket, stream, offset);
                return new(FrameBodyKind.Bounded);
            case ["D", var ticket, var stream, var offset, var length]:
                Receive(ticket, stream, offset);
                return new(FrameBodyKind.Counted, ParseNumber(length));
            case ["X", var ticket, var code, var held, var total, var totalError]:
                // Read before the follower is taken off the list: on the list it hears of what was wrong with it.
                AttemptExited exit = new(code == "lost" ? null : (int)ParseNumber(code), held == "1");
                (long? end, long? endError) = (ParseTotal(total), ParseTotal(totalError));
                if (_followers.TryRemove(ticket, out AttemptFollower? follower))
                {
                    follower.Exit(exit, end, endError);
                }

                return FrameBody.None;
            case []:
                return FrameBody.None;
            default:
                throw Violation(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 200)]));
        }
    }

    /// <inheritdoc/>
    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        _receiver?.Receive(_stream, _offset, bytes);
        _offset += bytes.Length;
    }

    /// <inheritdoc/>
    public void OnBodyEnd() => _receiver = null;

    /// <summary>Closes the connection; attempts go on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Break(null);
        _commands.Close();
        await _process.DisposeAsync().ConfigureAwait(false);
        // Something on the worker's side may hold the pipes open for longer than the process lived; what waits for them ends with them.
        await Task.WhenAny(Task.WhenAll(_commands.Completion, _readingEnded.Task), Task.Delay(Patience, _clock)).ConfigureAwait(false);
    }

    private void Read(FrameReader reader)
    {
        try
        {
            reader.Run();
            _end = _process.WaitForEnd();
            Break(null);
        }
        catch (Exception failure)
        {
            Break(failure);
        }

        _process.Output.Dispose();
        _readingEnded.SetResult();
    }

    private void Break(Exception? cause)
    {
        Interlocked.CompareExchange(ref _cause, cause, null);
        if (!_readingEnded.Task.IsCompleted && !_broken.IsCancellationRequested)
        {
            _broken.Cancel();
        }

        Handshake.Fail(_cause ?? new EndOfStreamException());
        foreach (long id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out PendingAnswer? pending))
            {
                pending.TrySetException(Unavailable());
            }
        }

        foreach (AttemptFollower follower in _followers.Values)
        {
            _followers.TryRemove(follower.Ticket, out _);
            follower.Fail(Unavailable());
        }
    }

    private void OnAnswer(long id, Answer answer)
    {
        if (!_pending.TryRemove(id, out PendingAnswer? pending))
        {
            return;
        }

        if (pending.Follower is { } follower && answer.Word is "started" or "ok")
        {
            _followers[follower.Ticket] = follower;
            if (follower.IsGivenUp)
            {
                // What the worker sends of it stays within the window and is dropped; the next follow takes its place.
                Detach(follower);
            }
            else if (answer.Word == "started")
            {
                _unclaimed[follower.Ticket] = follower;
            }
        }

        pending.TrySetResult(answer);
    }

    private void Receive(string ticket, string stream, string offset)
    {
        _receiver = _followers.GetValueOrDefault(ticket);
        _stream = stream == "1" ? OutputKind.Out : OutputKind.Error;
        _offset = ParseNumber(offset);
    }

    private long ParseNumber(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Violation(text);

    private long? ParseTotal(string text) => text == "-" ? null : ParseNumber(text);

    private OctoWorkersException Violation(string found)
        => new(EngineError.ProtocolViolation, $"{_worker} spoke something that is not the protocol: '{found}'.", _worker.Name);

    private OctoWorkersException Unavailable()
    {
        string words = _process.Errors.ToString();
        string why = _cause is OctoWorkersException known ? known.Message : _end ?? (words.Length > 0 ? words : _cause?.Message ?? "the connection was closed");
        EngineError error = _cause is OctoWorkersException { Error: EngineError.ProtocolViolation } ? EngineError.ProtocolViolation : EngineError.WorkerUnavailable;
        return new(error, $"The connection to {_worker.Within} has broken: {why}", _worker.Name, _cause);
    }
}
