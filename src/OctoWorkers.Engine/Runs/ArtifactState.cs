namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's journal says of one artifact.</summary>
/// <param name="Announced">What its step said of it.</param>
internal sealed record ArtifactState(ArtifactAnnounced Announced)
{
    /// <summary>What became of it; null while it is still to be collected.</summary>
    public ArtifactCollected? Collected { get; init; }
}
