using OctoWorkers.Engine.Locks;
using Xunit;

namespace OctoWorkers.Engine.Tests.Locks;

public sealed class LockOrderTests
{
    [Fact]
    public void GivenTwoReadersAWriterAndTwoReaders_WhenTheyCome_ThenTheFirstTwoRunTogetherAndTheOthersWaitInOrder()
    {
        // T T F T T: what bypasses the mutex reads, what does not writes.
        LockEntry[] queue = [Held(1, LockMode.Read), Held(2, LockMode.Read), Waits(3, LockMode.Write), Waits(4, LockMode.Read), Waits(5, LockMode.Read)];
        Assert.Equal([1, 2], Before(queue, 3));
        Assert.Equal([3], Before(queue, 4));
        Assert.Equal([3], Before(queue, 5));

        LockEntry[] later = [.. queue.Skip(2)];
        Assert.True(LockOrder.MayHave(later, later[0]));
        Assert.False(LockOrder.MayHave(later, later[1]));
        Assert.True(LockOrder.MayHave([.. queue.Skip(3)], queue[3]) && LockOrder.MayHave([.. queue.Skip(3)], queue[4]));
    }

    [Fact]
    public void GivenEntriesOfOneRun_WhenItAsks_ThenItIsNotInItsOwnWay()
    {
        LockEntry[] queue = [Held(1, LockMode.Read), Waits(2, LockMode.Write) with { Holder = "1" }];
        Assert.True(LockOrder.MayHave(queue, queue[1]));
    }

    [Fact]
    public void GivenADeadOneThatWaits_WhenOthersAsk_ThenTheyPassIt_ButNotOneThatHolds()
    {
        LockEntry[] waiting = [Waits(1, LockMode.Write) with { IsDriven = false }, Waits(2, LockMode.Read)];
        Assert.True(LockOrder.MayHave(waiting, waiting[1]));
        LockEntry[] holding = [Held(1, LockMode.Write) with { IsDriven = false }, Waits(2, LockMode.Read)];
        Assert.False(LockOrder.MayHave(holding, holding[1]));
    }

    private static long[] Before(LockEntry[] queue, long number)
        => [.. LockOrder.Before(queue, queue.Single(entry => entry.Number == number)).Select(entry => entry.Number)];

    private static LockEntry Held(long number, LockMode mode) => Waits(number, mode) with { IsHeld = true };

    private static LockEntry Waits(long number, LockMode mode)
        => new(number, number.ToString(System.Globalization.CultureInfo.InvariantCulture), mode, IsHeld: false, IsDriven: true);
}
