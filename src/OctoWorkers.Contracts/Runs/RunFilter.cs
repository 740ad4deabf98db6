namespace OctoWorkers;

/// <summary>Which runs a list holds; what is null does not narrow it. Newest first.</summary>
public sealed record RunFilter
{
    /// <summary>Name of the runbook.</summary>
    public string? Runbook { get; init; }

    /// <summary>Name of the environment.</summary>
    public string? Environment { get; init; }

    /// <summary>Any of these states; empty: all.</summary>
    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];

    /// <summary>Only runs that have not begun, in the order in which they would, instead of newest first.</summary>
    public bool InQueueOrder { get; init; }

    /// <summary>Only runs that steps of this run created.</summary>
    public RunId? Parent { get; init; }

    /// <summary>Only runs older than this one: the last of the page before.</summary>
    public RunId? Before { get; init; }

    /// <summary>The most to return; null: all.</summary>
    public int? Limit { get; init; }
}
