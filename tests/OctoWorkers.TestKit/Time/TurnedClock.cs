using System.Collections.Concurrent;

namespace OctoWorkers.TestKit.Time;

/// <summary>A clock that goes faster than others, and that a test turns on besides: whatever is due by then happens at once. Several processes may go by it.</summary>
/// <param name="factor">How much faster it goes by itself.</param>
public sealed class TurnedClock(int factor)
{
    /// <summary>Who polls every few milliseconds is not to poll more often than so.</summary>
    internal static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(6);

    private readonly long begin = TimeProvider.System.GetTimestamp();
    private readonly DateTimeOffset epoch = TimeProvider.System.GetUtcNow();
    private readonly ConcurrentDictionary<TurnedTimer, bool> timers = [];
    private long turned;

    /// <summary>The time of day by it.</summary>
    public DateTimeOffset Now => epoch + Elapsed;

    internal TimeSpan Elapsed => (TimeProvider.System.GetElapsedTime(begin) * factor) + TimeSpan.FromTicks(Interlocked.Read(ref turned));

    /// <summary>The clock as one process sees it.</summary>
    public TurnedTime View() => new(this);

    /// <summary>Turns it on.</summary>
    /// <param name="by">How far.</param>
    public void Turn(TimeSpan by)
    {
        Interlocked.Add(ref turned, by.Ticks);
        foreach (TurnedTimer timer in timers.Keys)
        {
            timer.Arm();
        }
    }

    internal TimeSpan Real(TimeSpan length)
    {
        TimeSpan real = length <= TimeSpan.Zero ? TimeSpan.Zero : length / factor;
        return real < ShortestPause && real > TimeSpan.Zero ? ShortestPause : real;
    }

    internal void Add(TurnedTimer timer) => timers[timer] = true;

    internal void Remove(TurnedTimer timer) => timers.TryRemove(timer, out _);
}
