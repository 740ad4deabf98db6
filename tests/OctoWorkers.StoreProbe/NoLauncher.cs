using OctoWorkers.Engine.Runs;

namespace OctoWorkers.StoreProbe;

/// <summary>Nothing is driven here.</summary>
internal sealed class NoLauncher : IDriverLauncher
{
    public void Launch()
    {
    }
}
