using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// Writes one command: <c>{ verb 'word' …; }</c>. The braces make a command that is cut by a broken connection a syntax error, never a shorter one.
/// </summary>
internal sealed class CommandWriter
{
    private readonly ArrayBufferWriter<byte> _bytes;

    internal CommandWriter(string verb, int sizeHint = 256)
    {
        _bytes = new(sizeHint);
        _bytes.Write("{ "u8);
        Encoding.UTF8.GetBytes(verb, _bytes);
    }

    /// <summary>Adds a number.</summary>
    internal CommandWriter Number(long number)
    {
        Span<byte> space = _bytes.GetSpan(24);
        space[0] = (byte)' ';
        Utf8Formatter.TryFormat(number, space[1..], out int written);
        _bytes.Advance(written + 1);
        return this;
    }

    /// <summary>Adds a word.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: it holds a NUL.</exception>
    internal CommandWriter Word(string word, string what) => Word(Encoding.UTF8.GetBytes(word), what);

    /// <summary>Adds a word.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: it holds a NUL.</exception>
    internal CommandWriter Word(ReadOnlySpan<byte> word, string what)
    {
        if (word.Contains((byte)0))
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"{what} holds a NUL, which no shell can pass on; remove it.");
        }

        _bytes.Write(" '"u8);
        for (int quote = word.IndexOf((byte)'\''); quote >= 0; quote = word.IndexOf((byte)'\''))
        {
            _bytes.Write(word[..quote]);
            _bytes.Write("'\\''"u8);
            word = word[(quote + 1)..];
        }

        _bytes.Write(word);
        _bytes.Write("'"u8);
        return this;
    }

    /// <summary>Adds a word of any bytes: NUL and backslash are written so that printf's <c>%b</c> makes them again.</summary>
    internal CommandWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(" '"u8);
        for (int odd = bytes.IndexOfAny((byte)0, (byte)'\\', (byte)'\''); odd >= 0; odd = bytes.IndexOfAny((byte)0, (byte)'\\', (byte)'\''))
        {
            _bytes.Write(bytes[..odd]);
            _bytes.Write(bytes[odd] switch
            {
                0 => "\\0000"u8,
                (byte)'\'' => "'\\''"u8,
                _ => "\\\\"u8,
            });
            bytes = bytes[(odd + 1)..];
        }

        _bytes.Write(bytes);
        _bytes.Write("'"u8);
        return this;
    }

    /// <summary>Adds their number and then the words.</summary>
    internal CommandWriter Counted(IReadOnlyCollection<string> words, string what)
    {
        Number(words.Count);
        foreach (string word in words)
        {
            Word(word, what);
        }

        return this;
    }

    /// <summary>Ends the command.</summary>
    internal ReadOnlyMemory<byte> End()
    {
        _bytes.Write("; }\n"u8);
        return _bytes.WrittenMemory;
    }
}
