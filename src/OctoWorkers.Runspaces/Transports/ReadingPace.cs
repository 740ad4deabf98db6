namespace OctoWorkers.Runspaces.Transports;

/// <summary>
/// Lets messages gather where many come and nobody waits for any one of them. They go through several threads, which look out for the next one for a while before they sleep: to wake them for each
/// message costs more than the message, and often takes the processor from the PowerShell that writes it.
/// </summary>
/// <param name="writer">What is sent the other way: who has sent something waits for an answer.</param>
internal sealed class ReadingPace(PacketWriter writer)
{
    /// <summary>After how many messages, with nothing sent meanwhile, they gather.</summary>
    internal const int Many = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private readonly object _gate = new();
    private long _sent;
    private int _count;

    /// <summary>Whether there is nothing to hurry for.</summary>
    internal bool IsCalm => _count >= Many && _sent == writer.Sent;

    /// <summary>A message has come.</summary>
    internal void Count()
    {
        long sent = writer.Sent;
        _count = sent == _sent ? Math.Min(_count + 1, Many) : 0;
        _sent = sent;
    }

    /// <summary>Everything that has come was handed on, and more is to be read.</summary>
    internal void Wait()
    {
        if (!IsCalm)
        {
            return;
        }

        lock (_gate)
        {
            Monitor.Wait(_gate, Pause);
        }
    }
}
