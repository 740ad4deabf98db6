using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Bench;

/// <summary>Starts no background driver: every run here is driven by this process, so that what is measured is one process.</summary>
internal sealed class NoDriver : IDriverLauncher
{
    /// <inheritdoc/>
    public void Launch()
    {
    }
}
