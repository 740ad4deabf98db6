using System.Diagnostics;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class ChangeContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task GivenNothingSeen_WhenWaiting_ThenItReturnsAtOnceAndThenOnlyForAChange()
    {
        long seen = await Store.WaitForChangeAsync(0, Long, Cancel);
        Assert.NotEqual(0, seen);
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(seen, await Store.WaitForChangeAsync(seen, TimeSpan.FromMilliseconds(80), Cancel));
        Assert.True(watch.ElapsedMilliseconds >= 70, $"It waited for {watch.ElapsedMilliseconds} ms only.");
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
        await writer.SetSettingAsync("a", "b", Cancel);
        Assert.NotEqual(seen, await waiting.WaitAsync(Enough, Cancel));
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
