using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Sqlite;

/// <summary>What becomes of a living process whose lock file something removed.</summary>
public sealed class RenewalTests : IAsyncDisposable
{
    private readonly SqliteStoreFactory factory = new();

    private string Engines => Path.Combine(factory.Folder, "engines");

    [Fact]
    public async Task GivenALockFileThatWasRemoved_WhenItsEngineRenewsIt_ThenOthersSeeItAliveUntilItLeaves()
    {
        IStore store = await factory.OpenAsync();
        IStore other = await factory.OpenAsync();
        EngineId engine = EngineId.New();
        using (store.Register(engine))
        {
            using IDisposable twice = store.Register(engine);
            Directory.Delete(Engines, recursive: true);
            Assert.True(store.IsAlive(engine));
            Assert.False(other.IsAlive(engine));
            store.Renew(engine);
            store.Renew(engine);
            Assert.True(other.IsAlive(engine));
            Assert.Single(Directory.EnumerateFiles(Engines));
        }

        Assert.False(other.IsAlive(engine));
        Assert.Empty(Directory.EnumerateFiles(Engines));
    }

    [Fact]
    public async Task GivenAnEngineThatIsNotRegisteredHere_WhenItIsRenewed_ThenItStaysDead()
    {
        IStore store = await factory.OpenAsync();
        EngineId engine = EngineId.New();
        store.Renew(engine);
        Assert.False(store.IsAlive(engine));
    }

    [Fact]
    public async Task GivenAStoreThatWasRemoved_WhenAnEngineRenews_ThenItsFolderStaysAway()
    {
        IStore store = await factory.OpenAsync();
        EngineId engine = EngineId.New();
        using IDisposable alive = store.Register(engine);
        Directory.Delete(factory.Folder, recursive: true);
        store.Renew(engine);
        Assert.False(Directory.Exists(factory.Folder));
    }

    public ValueTask DisposeAsync() => factory.DisposeAsync();
}
