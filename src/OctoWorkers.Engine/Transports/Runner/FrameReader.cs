using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// Cuts what a runner writes into lines and frames. It reads on a thread of its own, blocking: reads from a process's pipe are not
/// asynchronous on Unix, and would hold a thread of the pool each for as long as the channel is open.
/// </summary>
internal sealed class FrameReader(Stream stream, string boundary, IFrameSink sink)
{
    private const int LongestLine = 8 * 1024 * 1024;
    private readonly byte[] _boundary = Encoding.ASCII.GetBytes(boundary + "\n");
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private FrameBody _body;

    /// <summary>Reads to the end of the stream.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.ProtocolViolation"/>.</exception>
    /// <exception cref="IOException">The stream broke.</exception>
    internal void Run()
    {
        while (true)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return;
            }

            _end += read;
            while (_start < _end && Step())
            {
            }

            MakeRoom();
        }
    }

    private bool Step() => _body.Kind switch
    {
        FrameBodyKind.Counted => StepCounted(),
        FrameBodyKind.Bounded => StepBounded(),
        _ => StepLine(),
    };

    private bool StepLine()
    {
        ReadOnlySpan<byte> unread = _buffer.AsSpan(_start, _end - _start);
        int feed = unread.IndexOf((byte)'\n');
        if (feed < 0)
        {
            return false;
        }

        _start += feed + 1;
        _body = sink.OnLine(unread[..feed]);
        return true;
    }

    private bool StepCounted()
    {
        if (_body.Length > 0)
        {
            int take = (int)Math.Min(_body.Length, _end - _start);
            sink.OnBytes(_buffer.AsSpan(_start, take));
            _start += take;
            _body = _body with { Length = _body.Length - take };
            return true;
        }

        if (_buffer[_start] != (byte)'\n')
        {
            throw new OctoWorkersException(EngineError.ProtocolViolation, "A frame of the worker did not end where its length said.");
        }

        _start++;
        return EndBody();
    }

    private bool StepBounded()
    {
        ReadOnlySpan<byte> unread = _buffer.AsSpan(_start, _end - _start);
        int found = unread.IndexOf(_boundary);
        if (found >= 0)
        {
            sink.OnBytes(unread[..found]);
            _start += found + _boundary.Length;
            return EndBody();
        }

        // The boundary may have begun in the last bytes.
        int certain = unread.Length - (_boundary.Length - 1);
        if (certain > 0)
        {
            sink.OnBytes(unread[..certain]);
            _start += certain;
        }

        return false;
    }

    private bool EndBody()
    {
        _body = FrameBody.None;
        sink.OnBodyEnd();
        return true;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        else if (_end == _buffer.Length)
        {
            if (_end >= LongestLine)
            {
                throw new OctoWorkersException(EngineError.ProtocolViolation, $"The worker wrote a line of more than {LongestLine} bytes.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
