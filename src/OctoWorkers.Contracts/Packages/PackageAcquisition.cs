namespace OctoWorkers;

/// <summary>Where the package of a step is acquired.</summary>
public enum PackageAcquisition
{
    /// <summary>On the step's worker, which gets it from the feed, or from the engine's machine where only that can read the feed.</summary>
    Worker,
    /// <summary>On the engine's machine, which sends it to the worker.</summary>
    Engine,
    /// <summary>Not at all: the step only sees its id, version and feed.</summary>
    None,
}
