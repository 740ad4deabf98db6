using OctoWorkers.Engine.Runs;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class HeldSlotTests
{
    [Fact]
    public void GivenASlot_WhenAnInterruptionIsStored_ThenTheRunHasItNoMoreAndAsksForItAnew()
    {
        HeldSlot slot = new(true);
        slot.Follow([new RunStarted { At = default }]);
        Assert.True(slot.IsHeld);
        slot.Follow([new RunStarted { At = default }, new InterruptionRaised(1, 1, "a", InterruptionKind.Manual, "", [], []) { At = default }]);
        Assert.False(slot.IsHeld);
        slot.Follow([]);
        Assert.False(slot.IsHeld);
        slot.Take();
        Assert.True(slot.IsHeld);
    }
}
