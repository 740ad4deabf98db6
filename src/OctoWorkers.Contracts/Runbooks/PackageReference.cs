namespace OctoWorkers;

/// <summary>A package that a step refers to. Its place in the list counts for the lease key.</summary>
/// <param name="PackageId">The package's id.</param>
/// <param name="Feed">Name of its feed; null: the built-in feed.</param>
public sealed record PackageReference(string PackageId, string? Feed = null);
