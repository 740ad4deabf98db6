using System.Buffers.Text;

namespace OctoWorkers.Engine.Tests.Memory;

/// <summary>Lines of 100 bytes that hold their own numbers, so that one that is lost, doubled or out of order is seen. Checks them as they come.</summary>
internal sealed class NumberedLines
{
    private const int Length = 100;

    private readonly byte[] carried = new byte[Length];
    private int kept;

    /// <summary>How many whole lines came so far.</summary>
    public long Count { get; private set; }

    /// <summary>A script that prints so many.</summary>
    public static string Script(long count) => $$"""awk 'BEGIN { for (i = 0; i < {{count}}; i++) printf "%099d\n", i }'""";

    /// <summary>Whether a line's text is that of the next one.</summary>
    public bool Next(ReadOnlySpan<byte> text)
        => text.Length == Length - 1 && Utf8Parser.TryParse(text, out long number, out int used) && used == text.Length && number == Count++;

    /// <summary>Whether bytes, cut anywhere, go on with the lines that came before.</summary>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int take = Math.Min(Length - kept, bytes.Length);
            bytes[..take].CopyTo(carried.AsSpan(kept));
            bytes = bytes[take..];
            kept += take;
            if (kept == Length)
            {
                kept = 0;
                if (carried[^1] != '\n' || !Next(carried.AsSpan(0, Length - 1)))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
