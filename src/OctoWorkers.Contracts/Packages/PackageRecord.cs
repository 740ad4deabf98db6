namespace OctoWorkers;

/// <summary>A package in a feed.</summary>
/// <param name="Feed">The feed's name.</param>
/// <param name="PackageId">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="FileName">The name of its file.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When its file was written.</param>
public sealed record PackageRecord(string Feed, string PackageId, PackageVersion Version, string FileName, long Size, DateTimeOffset Modified)
{
    /// <summary>The SHA-256 of its bytes in lower-case hexadecimal digits; null when it was not looked at yet.</summary>
    public string? Hash { get; init; }

    /// <summary>Id and version.</summary>
    public override string ToString() => $"{PackageId} {Version}";
}
