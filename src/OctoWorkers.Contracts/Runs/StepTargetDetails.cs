namespace OctoWorkers;

/// <summary>A step as it stands for one deployment target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="WorkerName">The machine that it runs on: the target itself, or a worker on behalf of it.</param>
/// <param name="Attempts">Its attempts for this target, in order.</param>
/// <param name="Started">When its first attempt began; null before that.</param>
/// <param name="Ended">When it reached its final state; null before that.</param>
/// <param name="Error">What went wrong, or why it was skipped, in words; null when there is nothing to say.</param>
public sealed record StepTargetDetails(
    DeploymentTargetId Target,
    string Name,
    StepStatus Status,
    string? WorkerName,
    IReadOnlyList<AttemptDetails> Attempts,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    string? Error)
{
    /// <summary>Whether the target is left out of the rest of the run.</summary>
    public bool IsExcluded { get; init; }

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
