using System.Diagnostics;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class ChangeContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task GivenNothingSeen_WhenWaiting_ThenItReturnsAtOnceAndThenOnlyForAChange()
    {
        long seen = await Store.WaitForChangeAsync(0, Long, Cancel);
        Assert.NotEqual(0, seen);
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(seen, await Store.WaitForChangeAsync(seen, TimeSpan.FromMilliseconds(80), Cancel));
        Assert.InRange(watch.ElapsedMilliseconds, 70, 10_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GivenWaiter_WhenSomethingIsStored_ThenItWakes(bool sameProcess)
    {
        IStore writer = sameProcess ? Store : await Factory.OpenAsync();
        long seen = await Store.WaitForChangeAsync(0, Long, Cancel);
        Task<long> waiting = Store.WaitForChangeAsync(seen, Long, Cancel);
        Assert.False(waiting.IsCompleted);
        Stopwatch watch = Stopwatch.StartNew();
        await writer.SetSettingAsync("a", "b", Cancel);
        Assert.NotEqual(seen, await waiting);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task GivenChangeBetweenTwoWaits_WhenWaiting_ThenItIsNotMissed()
    {
        long seen = await Store.WaitForChangeAsync(0, Long, Cancel);
        await Store.SetSettingAsync("a", "b", Cancel);
        Assert.NotEqual(seen, await Store.WaitForChangeAsync(seen, Long, Cancel));
    }

    [Fact]
    public async Task GivenWaiter_WhenCanceled_ThenItStops()
    {
        long seen = await Store.WaitForChangeAsync(0, Long, Cancel);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task waiting = Store.WaitForChangeAsync(seen, Long, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
