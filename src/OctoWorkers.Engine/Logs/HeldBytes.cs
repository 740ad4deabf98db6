namespace OctoWorkers.Engine.Logs;

/// <summary>Bytes of an unfinished line: they come at the end and go at the beginning.</summary>
internal sealed class HeldBytes
{
    private const int Kept = 256 * 1024;

    private byte[] buffer = [];
    private int start;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Span => buffer.AsSpan(start, Count);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (start + Count + bytes.Length > buffer.Length)
        {
            byte[] target = Count + bytes.Length > buffer.Length ? new byte[Math.Max(4096, (Count + bytes.Length) * 2)] : buffer;
            Span.CopyTo(target);
            buffer = target;
            start = 0;
        }

        bytes.CopyTo(buffer.AsSpan(start + Count));
        Count += bytes.Length;
    }

    public void Drop(int count)
    {
        start += count;
        Count -= count;
        if (Count == 0)
        {
            start = 0;
            if (buffer.Length > Kept)
            {
                buffer = [];
            }
        }
    }
}
