namespace OctoWorkers;

/// <summary>A pause of the queue: no queued run begins; what runs goes on.</summary>
/// <param name="By">Who paused it: the operating system's user.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Since">When.</param>
public sealed record QueuePause(string By, string Reason, DateTimeOffset Since)
{
    /// <summary>In words.</summary>
    public override string ToString() => Reason.Length == 0 ? $"paused by {By}" : $"paused by {By}: {Reason}";
}
