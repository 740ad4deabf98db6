namespace OctoWorkers;

/// <summary>A run as a line of a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Runbook">Name of the runbook, as it was when the run was created.</param>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Created">When it was asked for.</param>
/// <param name="Started">When it began to execute; null before that.</param>
/// <param name="Ended">When it ended; null before that.</param>
/// <param name="CreatedBy">Who asked.</param>
/// <param name="Parent">The run whose step asked for it; null when a person or schedule did.</param>
/// <param name="Error">What went wrong, in words; null when nothing did.</param>
/// <param name="WaitingFor">What it waits for now, in words; null when it does not wait.</param>
public sealed record RunSummary(
    RunId Id,
    string Runbook,
    string Environment,
    RunStatus Status,
    DateTimeOffset Created,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    string CreatedBy,
    RunId? Parent,
    string? Error,
    string? WaitingFor)
{
    /// <summary>Its id: what a record is where there is room for a word.</summary>
    public override string ToString() => Id.ToString();
}
