using System.Buffers;
using System.Text;
using System.Text.Unicode;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Logs;

/// <summary>
/// The text of one output stream on its way into the log: secrets are masked, lines are cut at <see cref="MaxLine"/> bytes between characters and never within a
/// secret, and what is not UTF-8 is replaced.
/// </summary>
internal sealed class TextLines(RunSecrets secrets, LineBatch into)
{
    /// <summary>The most bytes of a line: 64 KiB (semantics, section 4, Log).</summary>
    public const int MaxLine = 64 * 1024;

    private readonly MaskSpans spans = new();
    private readonly ArrayBufferWriter<byte> masked = new();

    /// <summary>Whether the beginning of the present line is in the log already.</summary>
    public bool Continues { get; set; }

    /// <summary>How many of the next bytes belong to a secret whose mask is in the log already.</summary>
    public int Masked { get; set; }

    /// <summary>A warning of the engine's own in the same log, beside the line that is under way.</summary>
    public void Warn(string warning)
    {
        into.Level = LogLevel.Warning;
        new TextLines(secrets, into).Finish(Encoding.UTF8.GetBytes(warning));
    }

    /// <summary>Takes whole lines, each with its line feed, that continue nothing.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="isPlain">Whether they are valid UTF-8 without carriage returns.</param>
    public void TakeLines(ReadOnlySpan<byte> lines, bool isPlain)
    {
        if (isPlain && TryTakeBlock(lines))
        {
            return;
        }

        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = lines[..end];
            Finish(line is [.., (byte)'\r'] ? line[..^1] : line);
            lines = lines[(end + 1)..];
        }
    }

    /// <summary>Takes the rest of a line.</summary>
    /// <param name="text">All of it.</param>
    public void Finish(ReadOnlySpan<byte> text)
    {
        secrets.Masker.Find(text, Masked, isWhole: true, spans);
        int place = 0;
        int span = 0;
        while (!Fill(text, text.Length, ref place, ref span))
        {
            Emit(masked.WrittenSpan, isCut: true);
        }

        Emit(masked.WrittenSpan, isCut: false);
        Continues = false;
        Masked = 0;
    }

    /// <summary>Takes the beginning of a line that is not complete, as much as a line of the log may hold.</summary>
    /// <param name="text">What is there of it.</param>
    /// <param name="end">How far it may be taken.</param>
    /// <returns>How much was taken.</returns>
    public int Cut(ReadOnlySpan<byte> text, int end)
    {
        secrets.Masker.Find(text, Masked, isWhole: false, spans);
        end = Utf8Boundary.Before(text, Math.Min(end, spans.Pending));
        int place = 0;
        int span = 0;
        Fill(text, end, ref place, ref span);
        int taken = Math.Min(place, end);
        if (masked.WrittenCount > 0)
        {
            Emit(masked.WrittenSpan, isCut: true);
            Continues = true;
        }

        Masked = Math.Max(place, Masked) - taken;
        return taken;
    }

    private bool TryTakeBlock(ReadOnlySpan<byte> lines)
    {
        secrets.Masker.Find(lines, isWhole: true, spans);
        if (spans.Count > 0)
        {
            masked.ResetWrittenCount();
            SecretMasker.Write(lines, spans, masked);
            lines = masked.WrittenSpan;
            if (!Utf8.IsValid(lines))
            {
                return false;
            }
        }

        if (HasLongLine(lines))
        {
            return false;
        }

        into.AddLines(lines);
        return true;
    }

    private static bool HasLongLine(ReadOnlySpan<byte> lines)
    {
        while (lines.Length > MaxLine)
        {
            int end = lines[..(MaxLine + 1)].LastIndexOf((byte)'\n');
            if (end < 0)
            {
                return true;
            }

            lines = lines[(end + 1)..];
        }

        return false;
    }

    // Puts as much masked text together as a line may have. True when it came to the end.
    private bool Fill(ReadOnlySpan<byte> text, int end, ref int place, ref int span)
    {
        masked.ResetWrittenCount();
        while (place < end)
        {
            int room = MaxLine - masked.WrittenCount;
            if (span < spans.Count && spans[span].Start <= place)
            {
                // The mask of what was begun before is in the log already.
                bool isKnown = Masked > 0 && spans[span].Start == 0;
                if (!isKnown && room < SecretMasker.Mask.Length)
                {
                    return false;
                }

                masked.Write(isKnown ? [] : SecretMasker.Mask);
                place = spans[span++].End;
                continue;
            }

            int next = span < spans.Count ? Math.Min(spans[span].Start, end) : end;
            int length = next - place;
            if (length > room)
            {
                length = Utf8Boundary.Before(text[place..], room);
                masked.Write(text.Slice(place, length));
                place += length;
                return false;
            }

            masked.Write(text.Slice(place, length));
            place = next;
        }

        return true;
    }

    private void Emit(ReadOnlySpan<byte> line, bool isCut)
    {
        if (Utf8.IsValid(line))
        {
            into.AddLine(line, isCut);
        }
        else
        {
            into.AddLine(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line)), isCut);
        }
    }
}
