namespace OctoWorkers;

/// <summary>A run as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Created">When it was asked for.</param>
/// <param name="Started">When it began to execute; null before that.</param>
/// <param name="Ended">When it ended; null before that.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
/// <param name="Owner">The process that drives it; null when none does.</param>
/// <param name="FencingToken">Grows with every change of owner; what carries a lower one is refused.</param>
public sealed record RunRecord(
    RunId Id,
    RunRequest Request,
    RunStatus Status,
    DateTimeOffset Created,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    string? Error,
    EngineId? Owner,
    long FencingToken)
{
    /// <summary>What it waits for now; empty when it does not wait.</summary>
    public IReadOnlyList<Wait> Waits { get; init; } = [];

    /// <summary>What it waits for now, in words; null when it does not wait.</summary>
    public string? WaitingFor => Wait.InWords(Waits);

    /// <summary>Its priority in the queue, which may have been changed since it was asked for.</summary>
    public RunPriority Priority { get; init; }

    /// <summary>Whether it waits for a person's answer, and nobody has asked for it to be canceled: nothing can be done for it until somebody acts.</summary>
    public bool AwaitsPerson { get; init; }

    /// <summary>
    /// Whether it has begun, has no task slot and asks for none, and nobody has asked for it to be canceled: what it waits for is people or child runs, and perhaps
    /// the time of a retry.
    /// </summary>
    public bool AwaitsOthers { get; init; }

    /// <summary>Its id: what a record is where there is room for a word.</summary>
    public override string ToString() => Id.ToString();

    /// <summary>Whether it has reached a final state.</summary>
    public bool HasEnded => Status is RunStatus.Success or RunStatus.Failed or RunStatus.Canceled or RunStatus.TimedOut;
}
