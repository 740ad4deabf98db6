namespace OctoWorkers;

/// <summary>Which interruptions a list holds; what is null does not narrow it. Oldest first.</summary>
public sealed record InterruptionFilter
{
    /// <summary>Only those of this run.</summary>
    public RunId? Run { get; init; }

    /// <summary>Only those that wait for an answer; false: all.</summary>
    public bool PendingOnly { get; init; }
}
