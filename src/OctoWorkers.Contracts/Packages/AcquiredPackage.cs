namespace OctoWorkers;

/// <summary>A package that is in a worker's cache now.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="PackageId">The package's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">The SHA-256 of its bytes in lower-case hexadecimal digits.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Moved">How many bytes of it were sent there for this; 0 when it was there already.</param>
public sealed record AcquiredPackage(string Worker, string PackageId, string Version, string Hash, long Size, long Moved)
{
    /// <summary>Id and version.</summary>
    public override string ToString() => $"{PackageId} {Version}";
}
