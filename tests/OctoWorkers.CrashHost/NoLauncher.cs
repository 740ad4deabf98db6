using OctoWorkers.Engine.Runs;

namespace OctoWorkers.CrashHost;

/// <summary>The tests start the driver themselves.</summary>
internal sealed class NoLauncher : IDriverLauncher
{
    public void Launch()
    {
    }
}
