namespace OctoWorkers;

/// <summary>The outcome of a worker's last health check.</summary>
/// <param name="Status">What was found.</param>
/// <param name="CheckedAt">When; null when it was never checked.</param>
/// <param name="Message">The worker's or connection's own words; empty when there is nothing to say.</param>
/// <param name="Capabilities">What the check found there (shell, operating system, interpreters with versions), by name.</param>
public sealed record WorkerHealth(
    HealthStatus Status,
    DateTimeOffset? CheckedAt,
    string Message,
    IReadOnlyDictionary<string, string> Capabilities)
{
    /// <summary>Since when every check has found it unavailable; null when the last one did not.</summary>
    public DateTimeOffset? UnavailableSince { get; init; }

    /// <summary>Of a worker that was never checked.</summary>
    public static WorkerHealth NeverChecked { get; } = new(HealthStatus.Unknown, null, "", new Dictionary<string, string>());

    /// <summary>The status, with the words there are: <c>Unavailable: connection refused</c>.</summary>
    public override string ToString() => Message.Length == 0 ? Status.ToString() : $"{Status}: {Message}";
}
