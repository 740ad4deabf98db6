using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class RegistryContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    [Fact]
    public async Task GivenRegisteredEngine_WhenAsked_ThenItLivesUntilItIsDisposed()
    {
        IStore other = await Factory.OpenAsync();
        EngineId engine = EngineId.New();
        Assert.False(Store.IsAlive(engine));
        IDisposable alive = Store.Register(engine);
        Assert.True(Store.IsAlive(engine));
        Assert.True(other.IsAlive(engine));
        Assert.False(other.IsAlive(EngineId.New()));
        IDisposable again = Store.Register(engine);
        alive.Dispose();
        alive.Dispose();
        Assert.True(other.IsAlive(engine));
        again.Dispose();
        Assert.False(Store.IsAlive(engine));
        Assert.False(other.IsAlive(engine));
    }

    [Fact]
    public async Task GivenManyWhoAsk_WhenEnginesComeAndGo_ThenTheAnswersAreRight()
    {
        IStore other = await Factory.OpenAsync();
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        EngineId lasting = EngineId.New();
        using IDisposable held = Store.Register(lasting);
        Task asking = Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(
            () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    Assert.True((i == 0 ? Store : other).IsAlive(lasting));
                    Assert.False((i == 0 ? Store : other).IsAlive(EngineId.New()));
                }
            },
            Cancel)));
        for (int i = 0; i < 200; i++)
        {
            EngineId engine = EngineId.New();
            using IDisposable alive = (i % 2 == 0 ? Store : other).Register(engine);
            Assert.True((i % 3 == 0 ? Store : other).IsAlive(engine));
        }

        await enough.CancelAsync();
        await asking;
    }

    [Fact]
    public async Task GivenDriver_WhenAnotherWantsThePlace_ThenItGetsItOnlyAfterwards()
    {
        IStore other = await Factory.OpenAsync();
        Assert.False(Store.HasDriver());
        IDisposable? place = Store.TryBecomeDriver();
        Assert.NotNull(place);
        Assert.True(other.HasDriver());
        Assert.Null(other.TryBecomeDriver());
        Assert.Null(Store.TryBecomeDriver());
        place.Dispose();
        Assert.False(other.HasDriver());
        using IDisposable? next = other.TryBecomeDriver();
        Assert.NotNull(next);
    }

    [Fact]
    public async Task GivenSomebodyWhoKeepsAsking_WhenThePlaceIsFree_ThenItIsAlwaysGot()
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task asking = Task.Run(
            () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    Store.HasDriver();
                }
            },
            Cancel);
        for (int i = 0; i < 500; i++)
        {
            using IDisposable? place = Store.TryBecomeDriver();
            Assert.NotNull(place);
        }

        await enough.CancelAsync();
        await asking;
    }
}
