namespace OctoWorkers.TestKit.Time;

/// <summary>A clock that somebody sets forward and back all the time. Timestamps and timers go on as they should.</summary>
/// <param name="jump">How far it is off, now in one direction, now in the other.</param>
public sealed class JumpingTime(TimeSpan jump) : TimeProvider
{
    private int calls;

    /// <summary>How often it was asked for the time of day.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ((Interlocked.Increment(ref calls) % 3) switch
    {
        0 => TimeSpan.Zero,
        1 => jump,
        _ => -jump,
    });
}
