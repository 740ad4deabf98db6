using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli.Tests;

/// <summary>Counts how often the driver would have been started.</summary>
internal sealed class RecordingLauncher : IDriverLauncher
{
    private int launches;

    internal int Launches => Volatile.Read(ref launches);

    public void Launch() => Interlocked.Increment(ref launches);
}
