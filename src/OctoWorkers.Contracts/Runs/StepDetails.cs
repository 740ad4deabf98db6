namespace OctoWorkers;

/// <summary>A step of a run as it stands.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="WorkerName">The worker chosen for it; null while none is.</param>
/// <param name="Attempts">Its attempts, in order.</param>
/// <param name="Child">The run it created; null when it created none.</param>
/// <param name="Started">When its first attempt began; null before that.</param>
/// <param name="Ended">When it reached its final state; null before that.</param>
/// <param name="Error">What went wrong, or why it was skipped, in words; null when there is nothing to say.</param>
public sealed record StepDetails(
    int Number,
    string Name,
    StepStatus Status,
    string? WorkerName,
    IReadOnlyList<AttemptDetails> Attempts,
    RunId? Child,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    string? Error)
{
    /// <summary>How it stands for each of its deployment targets, whose attempts are there; null when it is about none.</summary>
    public IReadOnlyList<StepTargetDetails>? Targets { get; init; }

    /// <summary>Whether it failed and a person decided that this does not matter; <see cref="Error"/> says who.</summary>
    public bool FailureIgnored => Status == StepStatus.Succeeded && Error is not null;

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
