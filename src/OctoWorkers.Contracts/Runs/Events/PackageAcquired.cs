namespace OctoWorkers;

/// <summary>A package of a step is in the cache of the step's worker.</summary>
/// <param name="Step">Number of the step.</param>
/// <param name="Package">The package.</param>
public sealed record PackageAcquired(int Step, AcquiredPackage Package) : RunEvent;
