namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>A turn at the <see cref="ConnectionGate"/>; given back once, however often it is disposed.</summary>
internal sealed class ConnectionPass(SemaphoreSlim host, SemaphoreSlim all) : IDisposable
{
    private int _given;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _given, 1) == 0)
        {
            all.Release();
            host.Release();
        }
    }
}
