using System.Text;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>
/// Takes PowerShell's messages, a line each, and writes them where there is room. PowerShell writes under locks that closing and stopping need too: so nobody here waits for the other
/// side, and nobody hears that it is gone; whoever reads from it does.
/// </summary>
internal sealed class PacketWriter(Stream stream) : TextWriter, IThreadPoolWorkItem
{
    private const string Begin = "<Command PSGuid='";
    private const string End = "<CloseAck PSGuid='";
    private readonly Lock _gate = new();
    private readonly HashSet<string> _commands = [];
    private StringBuilder _waiting = new();
    private StringBuilder _writing = new();
    private bool _isWriting;
    private bool _isClosed;
    private long _sent;

    /// <summary>How often something was given to it.</summary>
    internal long Sent => Volatile.Read(ref _sent);

    /// <summary>The commands that were begun and have not ended, by their ids.</summary>
    internal IReadOnlyList<string> Commands
    {
        get
        {
            lock (_gate)
            {
                return [.. _commands];
            }
        }
    }

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        lock (_gate)
        {
            Take(value.ToString());
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            if (IdIn(value, Begin) is { } command)
            {
                _commands.Add(command);
            }

            Take(value);
            Take("\n");
        }
    }

    /// <summary>Writes what has come, until nothing has.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    if (_waiting.Length == 0 || _isClosed)
                    {
                        _isWriting = false;
                        return;
                    }

                    (_waiting, _writing) = (_writing, _waiting);
                }

                foreach (ReadOnlyMemory<char> piece in _writing.GetChunks())
                {
                    byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(piece.Length)];
                    stream.Write(bytes, 0, Encoding.UTF8.GetBytes(piece.Span, bytes));
                }

                stream.Flush();
                _writing.Clear();
            }
        }
        catch (Exception)
        {
            // The other side is gone, which its end tells.
            lock (_gate)
            {
                _isClosed = true;
                _waiting.Clear();
            }
        }
    }

    /// <summary>A message says that a command has ended.</summary>
    internal void Forget(string message)
    {
        lock (_gate)
        {
            _commands.Remove(IdIn(message, End) ?? "");
        }
    }

    /// <summary>Takes nothing more.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
        }
    }

    private static string? IdIn(string? message, string head)
        => message?.StartsWith(head, StringComparison.Ordinal) == true && message.IndexOf('\'', head.Length) is > 0 and int end ? message[head.Length..end] : null;

    // Under the gate.
    private void Take(string? text)
    {
        if (_isClosed)
        {
            return;
        }

        Volatile.Write(ref _sent, _sent + 1);
        _waiting.Append(text);
        if (!_isWriting)
        {
            _isWriting = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
