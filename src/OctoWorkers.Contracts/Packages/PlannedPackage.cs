namespace OctoWorkers;

/// <summary>The package that a plan chose for a reference of a step. It stays the same while the run lasts.</summary>
/// <param name="Name">The reference's name; empty: the primary one.</param>
/// <param name="Feed">The feed's name.</param>
/// <param name="FeedId">The feed's id.</param>
/// <param name="PackageId">The package's id, as the feed spells it.</param>
/// <param name="Version">The version chosen; null only for one that is not acquired and of which the feed has none.</param>
public sealed record PlannedPackage(string Name, string Feed, FeedId FeedId, string PackageId, string? Version)
{
    /// <summary>The name of its file; null when it is not acquired.</summary>
    public string? FileName { get; init; }

    /// <summary>The SHA-256 of its bytes in lower-case hexadecimal digits; null when it is not acquired.</summary>
    public string? Hash { get; init; }

    /// <summary>Its size in bytes; 0 when it is not acquired.</summary>
    public long Size { get; init; }

    /// <summary>Whether it is extracted.</summary>
    public bool Extract { get; init; }

    /// <summary>Where it is acquired.</summary>
    public PackageAcquisition Acquire { get; init; }

    /// <summary>Whether its bytes come to the worker.</summary>
    public bool IsMoved => Acquire != PackageAcquisition.None;

    /// <summary>Id and version.</summary>
    public override string ToString() => $"{PackageId} {Version}".TrimEnd();
}
