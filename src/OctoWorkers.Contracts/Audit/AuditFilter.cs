namespace OctoWorkers;

/// <summary>Which entries of the audit a list holds; what is null does not narrow it. Oldest first.</summary>
public sealed record AuditFilter
{
    /// <summary>Only what was done since then.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only what was done by this user.</summary>
    public string? Who { get; init; }

    /// <summary>Only what was done to this run.</summary>
    public RunId? Run { get; init; }

    /// <summary>Only the last so many; null: all.</summary>
    public int? Limit { get; init; }
}
