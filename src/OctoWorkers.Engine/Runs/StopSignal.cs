namespace OctoWorkers.Engine.Runs;

/// <summary>Tells an attempt to end. The first reason is kept.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private int reason = -1;

    /// <summary>Why; null while nobody has asked.</summary>
    public StopReason? Reason => Volatile.Read(ref reason) is >= 0 and int value ? (StopReason)value : null;

    public CancellationToken Token => source.Token;

    public void Set(StopReason why)
    {
        if (Interlocked.CompareExchange(ref reason, (int)why, -1) == -1)
        {
            source.Cancel();
        }
    }

    public void Dispose() => source.Dispose();
}
