using System.Text;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>
/// Takes PowerShell's messages, a line each, and writes them where there is room. PowerShell writes under locks that closing and stopping need too: so nobody here waits for the other
/// side, and nobody hears that it is gone; whoever reads from it does.
/// </summary>
internal sealed class PacketWriter(Stream stream) : TextWriter, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private StringBuilder _waiting = new();
    private StringBuilder _writing = new();
    private bool _isWriting;
    private bool _isClosed;
    private long _sent;

    /// <summary>How often something was given to it.</summary>
    internal long Sent => Volatile.Read(ref _sent);

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

    /// <summary>Takes nothing more.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
        }
    }

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
