using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>The tests start the driver themselves.</summary>
internal sealed class NoDriver : IDriverLauncher
{
    public void Launch()
    {
    }
}
