using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Model.Tests.World;

/// <summary>A scenario has a driver, or starts one itself.</summary>
internal sealed class NoLauncher : IDriverLauncher
{
    public void Launch()
    {
    }
}
