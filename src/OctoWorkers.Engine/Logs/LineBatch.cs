using System.Buffers;

namespace OctoWorkers.Engine.Logs;

/// <summary>Lines of an attempt on their way to the journal, gathered into as few chunks as their levels allow.</summary>
/// <param name="step">The step's number.</param>
/// <param name="attempt">The attempt's number.</param>
/// <param name="nextNumber">The number of the attempt's next line.</param>
internal sealed class LineBatch(int step, int attempt, long nextNumber)
{
    private const int Much = 64 * 1024;

    private readonly List<LogChunk> chunks = [];
    private ArrayBufferWriter<byte>? closed;
    private ArrayBufferWriter<byte>? handedOver;
    private ArrayBufferWriter<byte>? spare;
    private ArrayBufferWriter<byte> text = new();
    private int count;
    private bool continues;

    /// <summary>The level of the lines added from now on.</summary>
    public LogLevel Level
    {
        get;
        set
        {
            if (value != field)
            {
                Close();
                field = value;
            }
        }
    } = LogLevel.Information;

    /// <summary>The time of the lines added from now on.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The number of the attempt's next line.</summary>
    public long NextNumber { get; private set; } = nextNumber;

    /// <summary>Bytes of text gathered since the last <see cref="Drain"/>.</summary>
    public long Bytes { get; private set; }

    public bool IsEmpty => chunks.Count == 0 && count == 0;

    /// <summary>Adds whole lines of valid UTF-8, each ended by a line feed, none too long.</summary>
    public void AddLines(ReadOnlySpan<byte> lines)
    {
        text.Write(lines);
        count += lines.Count((byte)'\n');
        Bytes += lines.Length;
    }

    /// <summary>Adds a line of valid UTF-8 without its end.</summary>
    public void AddLine(ReadOnlySpan<byte> line, bool isCut)
    {
        text.Write(line);
        text.Write("\n"u8);
        count++;
        Bytes += line.Length + 1;
        if (isCut)
        {
            continues = true;
            Close();
        }
    }

    /// <summary>Hands over what was gathered.</summary>
    public IReadOnlyList<LogChunk> Drain()
    {
        Close();
        Bytes = 0;
        LogChunk[] drained = [.. chunks];
        chunks.Clear();
        handedOver = closed;
        closed = null;
        return drained;
    }

    /// <summary>Drops what was gathered, also what was handed over since: the next line has this number again.</summary>
    public void Rewind(long number)
    {
        _ = Drain();
        NextNumber = number;
    }

    /// <summary>Nobody reads what was handed over any more: its room is used again.</summary>
    public void Reuse()
    {
        spare ??= handedOver;
        handedOver = null;
    }

    // After much text there is often as much again: then it is not copied from array to array while it grows.
    private ArrayBufferWriter<byte> NewText(int lastLength)
    {
        if (lastLength < Much)
        {
            return new();
        }

        if (spare is not { } again)
        {
            return new(lastLength + (lastLength / 8));
        }

        spare = null;
        again.ResetWrittenCount();
        return again;
    }

    private void Close()
    {
        if (count == 0)
        {
            return;
        }

        chunks.Add(new LogChunk(0, step, attempt, NextNumber, count, At, Level, continues, text.WrittenMemory));
        NextNumber += count;
        count = 0;
        continues = false;
        if (text.WrittenCount >= Much)
        {
            closed = text;
        }

        text = NewText(text.WrittenCount);
    }
}
