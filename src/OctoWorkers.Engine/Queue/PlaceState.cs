namespace OctoWorkers.Engine.Queue;

/// <summary>Where a step stands that runs on a worker, or is about to.</summary>
public enum PlaceState
{
    /// <summary>It waits for a place.</summary>
    Waiting,
    /// <summary>It has a place and has not begun.</summary>
    Reserved,
    /// <summary>Its attempt is under way.</summary>
    Running,
}
