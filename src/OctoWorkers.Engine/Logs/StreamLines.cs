using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Logs;

/// <summary>
/// Makes log lines of one output stream: lines are put together, service messages are taken out and carried out, and the rest is text. It holds back what it cannot
/// take yet, which is then not counted as read: whoever goes on later reads it again.
/// </summary>
internal sealed class StreamLines
{
    private readonly OutputKind stream;
    private readonly StreamLevels levels;
    private readonly IServiceMessages? messages;
    private readonly LineBatch into;
    private readonly TextLines text;
    private readonly HeldBytes held = new();
    private bool isText;
    private int searched;

    /// <param name="stream">Which.</param>
    /// <param name="state">Where an earlier one stopped; its level is not taken from here.</param>
    /// <param name="levels">How lines are meant.</param>
    /// <param name="secrets">What is masked.</param>
    /// <param name="messages">Carries service messages out; null: there are none in this stream.</param>
    /// <param name="into">Where the lines go.</param>
    public StreamLines(OutputKind stream, StreamState state, StreamLevels levels, RunSecrets secrets, IServiceMessages? messages, LineBatch into)
    {
        this.stream = stream;
        this.levels = levels;
        this.messages = messages;
        this.into = into;
        text = new(secrets, into) { Continues = state.Continues, Masked = state.Masked };
        isText = state.IsText;
    }

    /// <summary>How many of the bytes taken are held back.</summary>
    public int Held => held.Count;

    /// <summary>What to begin with at the first byte that is held back.</summary>
    public StreamState State => new(levels.Of(stream), text.Continues, isText, text.Masked);

    /// <summary>Takes the next bytes of the stream; they are free again when the call returns.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (held.Count > 0 || text.Continues || isText || text.Masked > 0)
        {
            int first = bytes.IndexOf((byte)'\n');
            if (first >= 0)
            {
                held.Add(bytes[..first]);
                FinishHeld();
                bytes = bytes[(first + 1)..];
            }
            else
            {
                Hold(bytes);
                return;
            }
        }

        int end = bytes.LastIndexOf((byte)'\n') + 1;
        TakeLines(bytes[..end]);
        if (end < bytes.Length)
        {
            Hold(bytes[end..]);
        }
    }

    /// <summary>The stream has ended: what is held back is its last line.</summary>
    public void End()
    {
        if (held.Count > 0 || text.Continues)
        {
            FinishHeld();
        }
    }

    private void TakeLines(ReadOnlySpan<byte> lines)
    {
        bool isPlain = !lines.Contains((byte)'\r') && System.Text.Unicode.Utf8.IsValid(lines);
        while (!lines.IsEmpty)
        {
            int message = messages is null ? -1 : lines.IndexOf(ServiceMessage.Marker);
            int free = message < 0 ? lines.Length : lines[..message].LastIndexOf((byte)'\n') + 1;
            if (free > 0 && IsKept())
            {
                text.TakeLines(lines[..free], isPlain);
            }

            lines = lines[free..];
            if (!lines.IsEmpty)
            {
                int end = lines.IndexOf((byte)'\n');
                FinishLine(lines[..end]);
                lines = lines[(end + 1)..];
            }
        }
    }

    private void FinishHeld()
    {
        // What a message changes is counted from the end of its line.
        FinishLine(held.Span);
        held.Drop(held.Count);
        searched = 0;
    }

    private void FinishLine(ReadOnlySpan<byte> line)
    {
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        bool afterMessage = isText && !text.Continues;
        if (!isText && messages is not null && line.IndexOf(ServiceMessage.Marker) is >= 0 and int at && TryMessage(line, at, out int length))
        {
            line = line[(at + length)..];
            afterMessage = true;
        }

        if (!afterMessage || !line.IsEmpty)
        {
            FinishText(line);
        }

        isText = false;
        text.Continues = false;
        text.Masked = 0;
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        held.Add(bytes);
        while (held.Count > TextLines.MaxLine)
        {
            int taken = TakeBeginning(held.Span);
            if (taken == 0)
            {
                return;
            }

            held.Drop(taken);
            searched = 0;
        }
    }

    // A line that is too long to wait for its end. Zero: nothing can be taken before more of it has come.
    private int TakeBeginning(ReadOnlySpan<byte> line)
    {
        int end = line is [.., (byte)'\r'] ? line.Length - 1 : line.Length;
        if (!isText && messages is not null)
        {
            int at = line.IndexOf(ServiceMessage.Marker);
            if (at >= 0)
            {
                int from = Math.Max(at, searched);
                searched = line.Length;
                bool isClosed = line[from..].Contains((byte)']');
                if (!isClosed && line.Length - at <= ServiceMessage.MaxLength)
                {
                    return 0;
                }

                isText = true;
                if (TryMessage(line, at, out int length))
                {
                    return at + length;
                }
            }
            else
            {
                end = Math.Min(end, ServiceMessage.MayBegin(line));
            }
        }

        if (IsKept())
        {
            return text.Cut(line, end);
        }

        text.Masked = 0;
        return end;
    }

    // True when a message was carried out, and the text before it was taken.
    private bool TryMessage(ReadOnlySpan<byte> line, int at, out int length)
    {
        ReadOnlySpan<byte> rest = line[(at + ServiceMessage.Marker.Length)..];
        int close = rest.IndexOf((byte)']');
        length = close + ServiceMessage.Marker.Length + 1;
        if (ServiceMessage.NameOf(close < 0 ? rest[..Math.Min(rest.Length, 64)] : rest[..close]) is not { } name)
        {
            return false;
        }

        if (close < 0 || length > ServiceMessage.MaxLength)
        {
            if (rest.Length > ServiceMessage.MaxLength - ServiceMessage.Marker.Length)
            {
                text.Warn($"The service message '{name}' is longer than {ServiceMessage.MaxLength / 1024 / 1024} MiB and was not carried out.");
            }

            return false;
        }

        try
        {
            Func<string?> carryOut = messages!.Prepare(ServiceMessage.Read(name, rest[..close]));
            if (at > 0 || text.Continues)
            {
                FinishText(line[..at]);
            }

            if (carryOut() is { } warning)
            {
                text.Warn(warning);
            }

            return true;
        }
        catch (FormatException e)
        {
            text.Warn($"The service message '{name}' was not carried out: {e.Message}.");
            return false;
        }
    }

    private void FinishText(ReadOnlySpan<byte> line)
    {
        // A line that was begun is ended, whatever the level is now.
        if (IsKept() || text.Continues)
        {
            text.Finish(line);
        }
    }

    private bool IsKept()
    {
        LogLevel? level = levels.LevelOf(stream);
        into.Level = level ?? into.Level;
        return level is not null;
    }
}
