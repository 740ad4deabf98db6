using System.Text;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>Keeps the last 4 KB of what somebody wrote, for messages.</summary>
internal sealed class TailBuffer
{
    private const int Limit = 4096;
    private readonly Lock _lock = new();
    private readonly List<byte> _bytes = new(Limit);

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            bytes = bytes.Length > Limit ? bytes[^Limit..] : bytes;
            int excess = _bytes.Count + bytes.Length - Limit;
            if (excess > 0)
            {
                _bytes.RemoveRange(0, excess);
            }

            _bytes.AddRange(bytes);
        }
    }

    /// <summary>What was kept, trimmed; what is no UTF-8 is replaced.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            return Encoding.UTF8.GetString([.. _bytes]).Trim();
        }
    }
}
