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
    string? Error)
{
    /// <summary>Name of the tenant that it is for; null: for none.</summary>
    public string? Tenant { get; init; }

    /// <summary>What it waits for now; empty when it does not wait.</summary>
    public IReadOnlyList<Wait> Waits { get; init; } = [];

    /// <summary>What it waits for now, in words; null when it does not wait.</summary>
    public string? WaitingFor => Wait.InWords(Waits);

    /// <summary>Its priority in the queue.</summary>
    public RunPriority Priority { get; init; }

    /// <summary>The tag that it shares with runs that never run at the same time; null: none.</summary>
    public string? ConcurrencyTag { get; init; }

    /// <summary>When it gives up waiting in the queue; null: never.</summary>
    public DateTimeOffset? QueueExpires { get; init; }

    /// <summary>Its id: what a record is where there is room for a word.</summary>
    public override string ToString() => Id.ToString();
}
