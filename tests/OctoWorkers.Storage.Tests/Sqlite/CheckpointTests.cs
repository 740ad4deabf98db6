using OctoWorkers.Storage.Sqlite;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Sqlite;

/// <summary>The log of changes is carried over beside the writer.</summary>
public sealed class CheckpointTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SqliteStoreFactory factory = new();

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task GivenMuchWritten_WhenNobodyClosesTheStore_ThenItsFileHoldsWhatWasWritten()
    {
        await factory.OpenSqliteAsync();
        SqliteSession session = StoreFile.Open(factory.File, out _, out _);
        await using SqliteWriter writer = new(session, new(factory.File), factory.File, () => { });
        string text = new('x', 1_000_000);
        for (int i = 0; i < 20; i++)
        {
            string name = $"{i}";
            await writer.WriteAsync(
                connection => connection.Execute("INSERT INTO meta (name, value) VALUES (?1, ?2)", name, text), false, TestContext.Current.CancellationToken);
        }

        using PeriodicTimer pause = new(TimeSpan.FromMilliseconds(20));
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(Patience);
        while (new FileInfo(factory.File).Length < 10 * text.Length)
        {
            await pause.WaitForNextTickAsync(enough.Token);
        }

        SqliteStore store = await factory.OpenSqliteAsync();
        Assert.Empty(await store.CheckAsync(TestContext.Current.CancellationToken));
    }
}
