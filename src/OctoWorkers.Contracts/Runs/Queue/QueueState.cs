namespace OctoWorkers;

/// <summary>The queue as it stands.</summary>
/// <param name="Pause">The pause; null when runs begin as they come.</param>
/// <param name="Runs">The runs that have not begun, in the order in which they would.</param>
public sealed record QueueState(QueuePause? Pause, IReadOnlyList<RunSummary> Runs)
{
    /// <summary>Whether nothing new begins.</summary>
    public bool IsPaused => Pause is not null;
}
