namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>A clock that stands still until it is turned.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<HandTimer> _timers = [];

    private TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        HandTimer timer = new(this, () => callback(state));
        lock (_gate)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Turns it on; what is due by then happens before this returns.</summary>
    internal void Turn(TimeSpan by)
    {
        Now += by;
        while (true)
        {
            HandTimer? due;
            lock (_gate)
            {
                due = _timers.Where(timer => timer.Due <= Now).MinBy(timer => timer.Due);
                due?.Next();
            }

            if (due is null)
            {
                return;
            }

            due.Ring();
        }
    }

    private sealed class HandTimer(HandTime time, Action ring) : ITimer
    {
        private TimeSpan _period;

        internal TimeSpan? Due { get; private set; }

        internal void Ring() => ring();

        internal void Next() => Due = _period > TimeSpan.Zero ? Due + _period : null;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Due = dueTime < TimeSpan.Zero ? null : time.Now + dueTime;
                _period = period;
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
