namespace OctoWorkers.TestKit.Time;

/// <summary>A <see cref="TurnedClock"/> as one process sees it; when the process has died, nothing it waits for comes any more.</summary>
/// <param name="clock">The clock.</param>
public sealed class TurnedTime(TurnedClock clock) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<TurnedTimer> timers = [];
    private bool stopped;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => clock.Now;

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        TurnedTimer timer = new(clock, () => callback(state), Forget);
        lock (gate)
        {
            if (!stopped)
            {
                timers.Add(timer);
                clock.Add(timer);
                timer.Change(dueTime, period);
            }
        }

        return timer;
    }

    /// <summary>The process dies: none of its timers fires any more.</summary>
    public void Stop()
    {
        TurnedTimer[] all;
        lock (gate)
        {
            stopped = true;
            all = [.. timers];
        }

        foreach (TurnedTimer timer in all)
        {
            timer.Dispose();
        }
    }

    private void Forget(TurnedTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }
}
