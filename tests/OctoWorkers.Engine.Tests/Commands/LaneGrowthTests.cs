using OctoWorkers.Engine.Commands;
using Xunit;

namespace OctoWorkers.Engine.Tests.Commands;

public sealed class LaneGrowthTests
{
    private readonly HandTurnedTime _time = new();

    [Fact]
    public void GivenInputsThatEndOneUponTheOther_WhenTimePasses_ThenLanesDouble()
    {
        using LaneGrowth growth = new(_time, () => { });
        Assert.Equal(1, growth.Limit);
        for (TimeSpan passed = TimeSpan.Zero; passed < LaneGrowth.Doubling; passed += LaneGrowth.Patience / 2)
        {
            Assert.False(growth.Grow());
            _time.Now += LaneGrowth.Patience / 2;
            growth.Progress();
        }

        Assert.True(growth.Grow());
        Assert.Equal(2, growth.Limit);
        Assert.False(growth.Grow());
    }

    [Fact]
    public void GivenNothingThatEnds_WhenMomentsPass_ThenLanesDoubleAtEach()
    {
        using LaneGrowth growth = new(_time, () => { });
        Assert.False(growth.Grow());
        foreach (int limit in (int[])[2, 4, 8])
        {
            _time.Now += LaneGrowth.Patience;
            Assert.True(growth.Grow());
            Assert.Equal(limit, growth.Limit);
            Assert.False(growth.Grow());
        }
    }

    /// <summary>Stands still but for the test; its timers never fire.</summary>
    private sealed class HandTurnedTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
