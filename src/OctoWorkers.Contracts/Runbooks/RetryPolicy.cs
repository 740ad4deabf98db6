namespace OctoWorkers;

/// <summary>How often a failed attempt is followed by another, on the same worker.</summary>
public sealed record RetryPolicy
{
    /// <summary>The most retries that can be asked for.</summary>
    public const int MaxCount = 100;

    /// <summary>No retries.</summary>
    public static RetryPolicy None { get; } = new();

    /// <summary>How many attempts may follow the first; 0 to <see cref="MaxCount"/>.</summary>
    public int Count
    {
        get;
        init => field = value is >= 0 and <= MaxCount
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"A step may be retried 0 to {MaxCount} times, not {value}.", value);
    }

    /// <summary>The wait before the first retry; it doubles before each further one.</summary>
    public TimeSpan Backoff
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The back-off {value} is negative.", value);
    }

    /// <summary>The longest wait before a retry.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait before a retry.</summary>
    /// <param name="retry">1 for the first retry.</param>
    public TimeSpan DelayBefore(int retry)
    {
        double milliseconds = Backoff.TotalMilliseconds * Math.Pow(2, Math.Clamp(retry - 1, 0, 62));
        return milliseconds >= MaxBackoff.TotalMilliseconds ? MaxBackoff : TimeSpan.FromMilliseconds(milliseconds);
    }
}
