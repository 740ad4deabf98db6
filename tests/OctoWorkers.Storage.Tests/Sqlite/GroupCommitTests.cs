using OctoWorkers.Storage.Sqlite;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Sqlite;

public sealed class GroupCommitTests : IAsyncDisposable
{
    private readonly SqliteStoreFactory factory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task GivenOperationsThatWaitTogether_WhenSomeThrow_ThenOnlyTheseAreUndone()
    {
        SqliteStore store = await factory.OpenSqliteAsync();
        int commits = 0;
        SqliteSession session = StoreFile.Open(factory.File, out _, out _);
        await using SqliteWriter writer = new(session, new(factory.File), factory.File, () => commits++);
        using ManualResetEventSlim go = new();
        Task<int> first = await HoldAsync(writer, go, connection => Set(connection, -1));
        using CancellationTokenSource givesUp = new();
        Task<int>[] others = [.. Enumerable.Range(0, 50).Select(i => writer.WriteAsync(
            connection =>
            {
                Set(connection, i);
                return i % 7 == 3 ? throw new NotFiniteNumberException($"{i}") : i;
            },
            i % 5 == 0,
            Cancel))];
        Task<int> canceled = writer.WriteAsync(connection => Set(connection, 99), false, givesUp.Token);
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        go.Set();
        await first;
        for (int i = 0; i < others.Length; i++)
        {
            if (i % 7 == 3)
            {
                Assert.Equal($"{i}", (await Assert.ThrowsAsync<NotFiniteNumberException>(() => others[i])).Message);
            }
            else
            {
                Assert.Equal(i, await others[i]);
            }
        }

        IReadOnlyDictionary<string, string> settings = await store.GetSettingsAsync(Cancel);
        Assert.Equal(
            Enumerable.Range(-1, 51).Where(i => i < 0 || i % 7 != 3).Select(i => $"n{i}").Order(), settings.Keys.Order());
        Assert.InRange(commits, 1, 10);
    }

    [Fact]
    public async Task GivenFullFile_WhenOperationsWaitTogether_ThenThoseThatFitAreStored()
    {
        await factory.OpenSqliteAsync();
        SqliteSession session = StoreFile.Open(factory.File, out _, out _);
        session.Execute($"PRAGMA max_page_count = {session.Scalar("PRAGMA page_count") + 20}");
        await using SqliteWriter writer = new(session, new(factory.File), factory.File, () => { });
        using ManualResetEventSlim go = new();
        Task<int> first = await HoldAsync(writer, go, static _ => 0);
        Task<int>[] tasks = [.. Enumerable.Range(0, 20).Select(i => writer.WriteAsync(
            connection => connection.Execute("INSERT INTO meta (name, value) VALUES (?1, ?2)", $"{i}", new string('x', i == 10 ? 500_000 : 10)),
            false,
            Cancel))];
        go.Set();
        await first;
        Assert.Equal(EngineError.StoreFull, (await Assert.ThrowsAsync<OctoWorkersException>(() => tasks[10])).Error);
        await Task.WhenAll(tasks.Where((_, i) => i != 10));
    }

    [Fact]
    public async Task GivenDisposedStore_WhenUsed_ThenItSaysSoAndWhatWasAcceptedIsStored()
    {
        SqliteStore store = await factory.OpenSqliteAsync();
        Task[] accepted = [.. Enumerable.Range(0, 100).Select(i => store.SetSettingAsync($"n{i}", "v", Cancel))];
        await store.DisposeAsync();
        await Task.WhenAll(accepted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SetSettingAsync("late", "v", Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.GetSettingsAsync(Cancel));
        await store.DisposeAsync();
        Assert.Equal(100, (await (await factory.OpenSqliteAsync()).GetSettingsAsync(Cancel)).Count);
    }

    // Who comes to an idle writer works on its own thread. Returns when the writer is busy.
    private static async Task<Task<int>> HoldAsync(SqliteWriter writer, ManualResetEventSlim go, Func<SqliteSession, int> work)
    {
        TaskCompletionSource isBusy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int> held = Task.Run(
            () => writer.WriteAsync(
                connection =>
                {
                    isBusy.TrySetResult();
                    go.Wait(Cancel);
                    return work(connection);
                },
                false,
                Cancel),
            Cancel);
        await isBusy.Task;
        return held;
    }

    private static int Set(SqliteSession session, int number)
        => session.Execute("INSERT INTO settings (name, value) VALUES (?1, 'v')", $"n{number}");
}
