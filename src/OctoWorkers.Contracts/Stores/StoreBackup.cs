namespace OctoWorkers;

/// <summary>A backup that was written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Runs">How many runs are in it.</param>
/// <param name="Artifacts">How many artifacts are in it.</param>
/// <param name="MissingArtifacts">How many artifacts are recorded and have no file any more.</param>
public sealed record StoreBackup(string Path, long Length, int Runs, int Artifacts, int MissingArtifacts)
{
    /// <summary>How many packages of the built-in feed are in it.</summary>
    public int Packages { get; init; }
}
