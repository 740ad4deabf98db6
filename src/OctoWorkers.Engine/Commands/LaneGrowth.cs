namespace OctoWorkers.Engine.Commands;

/// <summary>
/// How many lanes a dispatch may have. A lane costs its worker more than a thousand small inputs do, so there is one at first. Their number doubles at every moment in which
/// nothing ends, and, more seldom, while one input ends upon the other.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="remind">Called, on any thread, when the limit may be another now.</param>
internal sealed class LaneGrowth(TimeProvider clock, Action remind) : IDisposable
{
    /// <summary>After how long there are twice as many where nothing ends.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);

    /// <summary>After how long there are where inputs end.</summary>
    internal static readonly TimeSpan Doubling = TimeSpan.FromMilliseconds(400);

    private readonly ITimer timer = clock.CreateTimer(_ => remind(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    private long? since;
    private long heard = clock.GetTimestamp();

    /// <summary>How many there may be now.</summary>
    internal int Limit { get; private set; } = 1;

    /// <summary>Something has ended, or a lane was opened.</summary>
    internal void Progress() => heard = clock.GetTimestamp();

    /// <summary>More lanes would be of use: looks whether there may be more by now.</summary>
    /// <returns>Whether there may; else it reminds when it is time to look again.</returns>
    internal bool Grow()
    {
        since ??= clock.GetTimestamp();
        TimeSpan silence = clock.GetElapsedTime(heard);
        if (silence >= Patience || clock.GetElapsedTime(since.Value) >= Doubling)
        {
            since = heard = clock.GetTimestamp();
            Limit = Limit > int.MaxValue / 2 ? int.MaxValue : Limit * 2;
            return true;
        }

        timer.Change(Patience - silence, Timeout.InfiniteTimeSpan);
        return false;
    }

    /// <summary>Reminds nobody any more.</summary>
    public void Dispose() => timer.Dispose();
}
