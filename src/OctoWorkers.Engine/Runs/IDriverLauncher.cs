namespace OctoWorkers.Engine.Runs;

/// <summary>Starts the background driver of the store; a front does that in its own way.</summary>
public interface IDriverLauncher
{
    /// <summary>Starts one, which outlives this process. Starting a second one is harmless: it leaves at once.</summary>
    void Launch();
}
