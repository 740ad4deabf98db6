using System.Text;

namespace OctoWorkers.Runspaces.Transports;

/// <summary>Reads lines, none of which may be longer than PowerShell's messages are.</summary>
/// <param name="stream">Where they come from.</param>
/// <param name="wait">Called before more is read where all that had come was taken.</param>
internal sealed class PacketReader(Stream stream, Action wait)
{
    private const int Longest = 16 * 1024 * 1024;
    private byte[] _buffer = new byte[64 * 1024];
    private int _begin;
    private int _end;
    private bool _isDrained;

    /// <summary>Whether the line that was read last is without an end: nothing more comes.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>The next line; null: nothing more comes.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    internal string? ReadLine()
    {
        int looked = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_begin + looked, _end - _begin - looked).IndexOf((byte)'\n');
            if (length >= 0)
            {
                string line = Encoding.UTF8.GetString(_buffer, _begin, looked + length).TrimEnd('\r');
                _begin += looked + length + 1;
                return line;
            }

            looked = _end - _begin;
            MakeRoom();
            if (_isDrained)
            {
                wait();
            }

            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _isDrained = _end < _buffer.Length;
            if (read == 0)
            {
                string rest = Encoding.UTF8.GetString(_buffer, _begin, looked);
                _begin = _end;
                IsCut = rest.Length > 0;
                return IsCut ? rest : null;
            }
        }
    }

    private void MakeRoom()
    {
        int held = _end - _begin;
        if (held > Longest)
        {
            throw new InvalidDataException("what answers writes lines that are too long for PowerShell's messages");
        }

        if (_buffer.Length - _end < _buffer.Length / 2)
        {
            byte[] next = held > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
            Buffer.BlockCopy(_buffer, _begin, next, 0, held);
            _buffer = next;
            _begin = 0;
            _end = held;
        }
    }
}
