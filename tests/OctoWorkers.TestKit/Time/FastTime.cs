namespace OctoWorkers.TestKit.Time;

/// <summary>A clock that runs faster than others: what takes a minute by it is over soon.</summary>
/// <param name="factor">How much faster.</param>
public sealed class FastTime(int factor) : TimeProvider
{
    private readonly long begin = System.GetTimestamp();
    private readonly DateTimeOffset epoch = System.GetUtcNow();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => epoch + GetElapsedTime(begin);

    /// <inheritdoc/>
    public override long GetTimestamp() => begin + ((System.GetTimestamp() - begin) * factor);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private TimeSpan Sooner(TimeSpan length) => length <= TimeSpan.Zero ? length : length / factor;
}
