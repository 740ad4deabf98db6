using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// What was received of one attempt and not read yet. The channel's reading thread fills it, one reader empties it; the runner's
/// window (1 MiB a stream beyond what was acknowledged) bounds it.
/// </summary>
internal sealed class AttemptFollower(string ticket, OutputOffsets from)
{
    private const int ChunkSize = 64 * 1024;
    private const int Window = 1024 * 1024;
    private readonly Lock _lock = new();
    private readonly Queue<OutputChunk> _chunks = new();
    private OutputChunk? _last;
    private TaskCompletionSource? _waiting;
    private AttemptExited? _exit;
    private OctoWorkersException? _failure;
    private long _nextOut = from.Out;
    private long _nextError = from.Error;
    private int _buffered;
    private bool _isGivenUp;

    /// <summary>The attempt.</summary>
    internal string Ticket => ticket;

    /// <summary>Whether its reader has left before the worker answered, so that it is not to be attached any more.</summary>
    internal bool IsGivenUp => Volatile.Read(ref _isGivenUp);

    /// <summary>Its reader leaves.</summary>
    internal void GiveUp() => Volatile.Write(ref _isGivenUp, true);

    /// <summary>Takes bytes of a stream that lie at an offset; what is known already is dropped.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.ProtocolViolation"/>: a gap, or more than the window.</exception>
    internal void Receive(OutputKind stream, long offset, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            ref long next = ref stream == OutputKind.Out ? ref _nextOut : ref _nextError;
            if (offset > next)
            {
                throw new OctoWorkersException(
                    EngineError.ProtocolViolation, $"Output of attempt '{ticket}' from {next} to {offset} was left out.", ticket);
            }

            if (offset + bytes.Length <= next)
            {
                return;
            }

            bytes = bytes[(int)(next - offset)..];
            _buffered += bytes.Length;
            if (_buffered > 4 * Window)
            {
                throw new OctoWorkersException(
                    EngineError.ProtocolViolation, $"More output of attempt '{ticket}' came than the window lets through.", ticket);
            }

            while (!bytes.IsEmpty)
            {
                OutputChunk chunk = ChunkAt(stream, next);
                int take = Math.Min(bytes.Length, chunk.Buffer.Length - chunk.Length);
                bytes[..take].CopyTo(chunk.Buffer.AsSpan(chunk.Length));
                chunk.Length += take;
                next += take;
                bytes = bytes[take..];
            }

            Wake();
        }
    }

    /// <summary>Takes the end.</summary>
    /// <param name="exit">The end.</param>
    /// <param name="total">How much standard output there was; null: nobody knows.</param>
    /// <param name="totalError">How much standard error.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.ProtocolViolation"/>: bytes are missing. The reader is told the same.</exception>
    internal void Exit(AttemptExited exit, long? total, long? totalError)
    {
        lock (_lock)
        {
            OutputOffsets said = new(total ?? _nextOut, totalError ?? _nextError);
            OutputOffsets came = new(_nextOut, _nextError);
            if (said != came)
            {
                _failure = new(EngineError.ProtocolViolation, $"The end of attempt '{ticket}' says {said}, but {came} came.", ticket);
                Wake();
                throw _failure;
            }

            _exit = exit;
            Wake();
        }
    }

    /// <summary>Ends the reading with an error.</summary>
    internal void Fail(OctoWorkersException failure)
    {
        lock (_lock)
        {
            _failure = failure;
            Wake();
        }
    }

    /// <summary>Waits until there is something to take.</summary>
    internal Task ReadyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_chunks.Count > 0 || _exit is not null || _failure is not null)
            {
                return Task.CompletedTask;
            }

            _waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes the next chunk; the caller gives it back with <see cref="Return"/>.</summary>
    internal bool TryTake([NotNullWhen(true)] out OutputChunk? chunk)
    {
        lock (_lock)
        {
            if (!_chunks.TryDequeue(out chunk))
            {
                return false;
            }

            _last = _chunks.Count == 0 ? null : _last;
            _buffered -= chunk.Length;
            return true;
        }
    }

    /// <summary>Gives a chunk's buffer back.</summary>
    internal static void Return(OutputChunk chunk) => ArrayPool<byte>.Shared.Return(chunk.Buffer);

    /// <summary>The end, once everything before it was taken; null: not yet.</summary>
    /// <exception cref="OctoWorkersException">The reading failed.</exception>
    internal AttemptExited? End()
    {
        lock (_lock)
        {
            return _chunks.Count > 0 ? null
                : _exit is not null ? _exit
                : _failure is not null ? throw new OctoWorkersException(_failure.Error, _failure.Message, _failure.Subject, _failure)
                : null;
        }
    }

    /// <summary>Gives all buffers back; what still comes is for nobody.</summary>
    internal void Discard()
    {
        lock (_lock)
        {
            while (_chunks.TryDequeue(out OutputChunk? chunk))
            {
                Return(chunk);
            }

            _last = null;
            _buffered = 0;
        }
    }

    private OutputChunk ChunkAt(OutputKind stream, long offset)
    {
        if (_last is null || _last.Stream != stream || _last.End != offset || _last.Length == _last.Buffer.Length)
        {
            _last = new(stream, offset, ArrayPool<byte>.Shared.Rent(ChunkSize));
            _chunks.Enqueue(_last);
        }

        return _last;
    }

    private void Wake()
    {
        _waiting?.SetResult();
        _waiting = null;
    }
}
