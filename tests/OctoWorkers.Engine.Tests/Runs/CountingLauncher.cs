using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Starts no driver, and counts how often one was asked for.</summary>
internal sealed class CountingLauncher : IDriverLauncher
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Launch() => Interlocked.Increment(ref count);
}
