namespace OctoWorkers.Engine.Artifacts;

/// <summary>A file among the artifacts.</summary>
/// <param name="Run">The run that it is kept for.</param>
/// <param name="Number">The artifact's number; null: what is left of one that was never whole.</param>
/// <param name="Path">Where it is, for messages.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record StoredArtifactFile(RunId Run, int? Number, string Path, long Length);
