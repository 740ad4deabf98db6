using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OctoWorkers.Engine.Logs;

/// <summary>
/// Cuts one output stream into lines: ends at line feeds (a carriage return before one belongs to it), cuts lines at <see cref="MaxLine"/> bytes between
/// characters, and replaces what is not UTF-8. What it holds back between two calls is <see cref="Partial"/>, so that it can be stored and taken up again.
/// </summary>
/// <param name="partial">What an earlier splitter held back.</param>
internal sealed class LineSplitter(ReadOnlyMemory<byte> partial = default)
{
    /// <summary>The most bytes of a line: 64 KiB (semantics, section 4, Log).</summary>
    public const int MaxLine = 64 * 1024;

    private readonly ArrayBufferWriter<byte> held = Held(partial);

    /// <summary>The beginning of a line whose end has not come; at most <see cref="MaxLine"/> bytes.</summary>
    public ReadOnlyMemory<byte> Partial => held.WrittenMemory;

    /// <summary>Takes bytes, and gives the lines that they complete.</summary>
    /// <param name="bytes">The next bytes of the stream; free again when the call returns.</param>
    /// <param name="into">Where the lines go.</param>
    public void Take(ReadOnlySpan<byte> bytes, LineBatch into)
    {
        int end = bytes.LastIndexOf((byte)'\n');
        if (end >= 0 && held.WrittenCount == 0 && IsPlain(bytes[..(end + 1)]))
        {
            into.AddLines(bytes[..(end + 1)]);
            bytes = bytes[(end + 1)..];
        }

        while ((end = bytes.IndexOf((byte)'\n')) >= 0)
        {
            Hold(bytes[..end], into);
            Finish(into);
            bytes = bytes[(end + 1)..];
        }

        Hold(bytes, into);
    }

    /// <summary>The stream has ended: what is held back is its last line.</summary>
    /// <param name="into">Where it goes.</param>
    public void End(LineBatch into)
    {
        if (held.WrittenCount > 0)
        {
            Finish(into);
        }
    }

    private static ArrayBufferWriter<byte> Held(ReadOnlyMemory<byte> partial)
    {
        ArrayBufferWriter<byte> held = new();
        held.Write(partial.Span);
        return held;
    }

    // Whole lines, none too long, nothing to repair: they can be taken as one block.
    private static bool IsPlain(ReadOnlySpan<byte> lines)
    {
        if (lines.Contains((byte)'\r') || !Utf8.IsValid(lines))
        {
            return false;
        }

        while (lines.Length > MaxLine)
        {
            int end = lines[..(MaxLine + 1)].LastIndexOf((byte)'\n');
            if (end < 0)
            {
                return false;
            }

            lines = lines[(end + 1)..];
        }

        return true;
    }

    private void Hold(ReadOnlySpan<byte> bytes, LineBatch into)
    {
        while (held.WrittenCount + bytes.Length > MaxLine)
        {
            int fit = MaxLine - held.WrittenCount;
            held.Write(bytes[..fit]);
            bytes = bytes[fit..];
            Cut(into);
        }

        held.Write(bytes);
    }

    private void Cut(LineBatch into)
    {
        int end = CharacterBoundary(held.WrittenSpan);
        byte[] rest = held.WrittenSpan[end..].ToArray();
        Emit(held.WrittenSpan[..end], continues: true, into);
        held.ResetWrittenCount();
        held.Write(rest);
    }

    private void Finish(LineBatch into)
    {
        ReadOnlySpan<byte> line = held.WrittenSpan;
        Emit(line is [.., (byte)'\r'] ? line[..^1] : line, continues: false, into);
        held.ResetWrittenCount();
    }

    private static void Emit(ReadOnlySpan<byte> line, bool continues, LineBatch into)
    {
        if (Utf8.IsValid(line))
        {
            into.AddLine(line, continues);
        }
        else
        {
            into.AddLine(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line)), continues);
        }
    }

    // Steps back over an unfinished character at the end, at most three bytes.
    private static int CharacterBoundary(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= 3 && back < bytes.Length; back++)
        {
            byte lead = bytes[^back];
            if ((lead & 0xC0) != 0x80)
            {
                int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
                return length > back ? bytes.Length - back : bytes.Length;
            }
        }

        return bytes.Length;
    }
}
