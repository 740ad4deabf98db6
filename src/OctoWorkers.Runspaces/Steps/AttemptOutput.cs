using System.Runtime.CompilerServices;
using System.Text;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>
/// What an attempt has written and nobody has acknowledged, in order. The session is told when to wait (<see cref="HasRoom"/>), which bounds it; what was acknowledged is kept while it
/// is little, for who asks from the beginning.
/// </summary>
internal sealed class AttemptOutput(string ticket)
{
    private const int Window = 1024 * 1024;
    private const int Kept = 64 * 1024;
    private readonly Lock _lock = new();
    private readonly LinkedList<OutputRead> _pieces = new();
    private readonly Encoder[] _encoders = [Encoding.UTF8.GetEncoder(), Encoding.UTF8.GetEncoder()];
    private readonly long[] _written = new long[2];
    private readonly long[] _acknowledged = new long[2];
    private long _held;
    private bool _isDropped;
    private TaskCompletionSource? _waiting;
    private AttemptExited? _exit;
    private OctoWorkersException? _failure;

    private long Unread => _written[0] - _acknowledged[0] + _written[1] - _acknowledged[1];

    /// <summary>Whether the session may go on writing.</summary>
    internal bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _isDropped || _exit is not null || _failure is not null || Unread < Window;
            }
        }
    }

    /// <summary>How the attempt ended; null: it has not, or nobody knows.</summary>
    internal AttemptExited? Exited
    {
        get
        {
            lock (_lock)
            {
                return _exit;
            }
        }
    }

    /// <summary>Takes text.</summary>
    internal void Write(OutputKind kind, string text)
    {
        lock (_lock)
        {
            Encoder encoder = _encoders[(int)kind];
            byte[] bytes = new byte[encoder.GetByteCount(text, flush: false)];
            encoder.GetBytes(text, bytes, flush: false);
            if (bytes.Length == 0 || _exit is not null || _failure is not null || (_isDropped && Unread > 2 * Window))
            {
                return;
            }

            _pieces.AddLast(new OutputRead(kind, _written[(int)kind], bytes));
            _written[(int)kind] += bytes.Length;
            _held += bytes.Length;
            Wake();
        }
    }

    /// <summary>From here on the session waits for no reader: it is to end.</summary>
    internal void LetGo()
    {
        lock (_lock)
        {
            _isDropped = true;
        }
    }

    /// <summary>The attempt has ended.</summary>
    internal void Exit(int exitCode)
    {
        lock (_lock)
        {
            _exit ??= _failure is null ? new(exitCode, OutputHeldOpen: false) : null;
            Wake();
        }
    }

    /// <summary>What became of the attempt is not known.</summary>
    internal void Fail(OctoWorkersException failure)
    {
        lock (_lock)
        {
            _failure ??= _exit is null ? failure : null;
            Wake();
        }
    }

    /// <summary>Reads on from offsets, as <see cref="IWorkerChannel.FollowAsync"/> says.</summary>
    internal async IAsyncEnumerable<AttemptSignal> FollowAsync(OutputOffsets from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long[] next = [from.Out, from.Error];
        while (true)
        {
            OutputRead? piece = null;
            AttemptExited? exit = null;
            Task ready = Task.CompletedTask;
            lock (_lock)
            {
                Acknowledge(next);
                piece = Next(next);
                if (piece is null)
                {
                    exit = _exit;
                    if (_failure is not null)
                    {
                        throw new OctoWorkersException(_failure.Error, _failure.Message, _failure.Subject, _failure);
                    }

                    if (exit is null)
                    {
                        _waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                        ready = _waiting.Task;
                    }
                }
            }

            if (piece is not null)
            {
                yield return piece;
                next[(int)piece.Stream] = piece.Offset + piece.Bytes.Length;
            }
            else if (exit is not null)
            {
                yield return exit;
                yield break;
            }
            else
            {
                await ready.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Acknowledge(long[] offsets)
    {
        for (int i = 0; i < offsets.Length; i++)
        {
            _acknowledged[i] = Math.Max(_acknowledged[i], Math.Min(offsets[i], _written[i]));
        }

        while (_held > Kept && _pieces.First is { } first && first.Value.Offset + first.Value.Bytes.Length <= _acknowledged[(int)first.Value.Stream])
        {
            _held -= first.Value.Bytes.Length;
            _pieces.RemoveFirst();
        }
    }

    // Readers are few pieces behind the end, or at the beginning.
    private OutputRead? Next(long[] offsets)
    {
        for (LinkedListNode<OutputRead>? node = _pieces.First; node is not null; node = node.Next)
        {
            OutputRead piece = node.Value;
            long next = offsets[(int)piece.Stream];
            if (piece.Offset + piece.Bytes.Length <= next)
            {
                continue;
            }

            return piece.Offset == next ? piece
                : piece.Offset < next ? piece with { Offset = next, Bytes = piece.Bytes[(int)(next - piece.Offset)..] }
                : throw new OctoWorkersException(
                    EngineError.ProtocolViolation, $"Output of attempt '{ticket}' from {next} to {piece.Offset} was acknowledged before, and is not kept any more.", ticket);
        }

        return null;
    }

    private void Wake()
    {
        _waiting?.TrySetResult();
        _waiting = null;
    }
}
