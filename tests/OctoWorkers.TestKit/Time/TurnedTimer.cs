namespace OctoWorkers.TestKit.Time;

/// <summary>A timer of a <see cref="TurnedClock"/>.</summary>
internal sealed class TurnedTimer : ITimer
{
    private readonly Lock gate = new();
    private readonly TurnedClock clock;
    private readonly Action callback;
    private readonly Action<TurnedTimer> forget;
    private readonly ITimer real;
    private TimeSpan? due;
    private TimeSpan period;
    private bool disposed;

    public TurnedTimer(TurnedClock clock, Action callback, Action<TurnedTimer> forget)
    {
        this.clock = clock;
        this.callback = callback;
        this.forget = forget;

        // The flow of whoever makes it is its callback's matter.
        using (ExecutionContext.SuppressFlow())
        {
            real = TimeProvider.System.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.Elapsed + dueTime;
            this.period = period;
        }

        Arm();
        return true;
    }

    /// <summary>Sets the real timer to when it is due by the clock as it goes now.</summary>
    public void Arm()
    {
        lock (gate)
        {
            if (!disposed)
            {
                real.Change(due is { } at ? clock.Real(at - clock.Elapsed) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            due = null;
        }

        real.Dispose();
        clock.Remove(this);
        forget(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Ring()
    {
        lock (gate)
        {
            if (disposed || due is not { } at)
            {
                return;
            }

            if (at <= clock.Elapsed)
            {
                due = period > TimeSpan.Zero ? clock.Elapsed + period : null;
            }
            else
            {
                at = TimeSpan.MaxValue;
            }

            if (due is not null)
            {
                Arm();
            }

            if (at == TimeSpan.MaxValue)
            {
                return;
            }
        }

        callback();
    }
}
