using OctoWorkers.Engine.Runs;

namespace OctoWorkers.PowerShell.Sessions;

/// <summary>Starts the background driver of a home folder.</summary>
/// <param name="home">The store's folder.</param>
internal sealed class BackgroundDriver(string home) : IDriverLauncher
{
    public void Launch() => throw new OctoWorkersException(EngineError.UnsupportedPlatform, home);
}
