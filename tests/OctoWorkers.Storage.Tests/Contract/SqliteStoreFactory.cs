using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

/// <summary>A store in a folder of its own.</summary>
public sealed class SqliteStoreFactory : StoreFactory
{
    private readonly List<SqliteStore> opened = [];

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"octoworkers-store-{Guid.NewGuid():N}");

    /// <summary>The file.</summary>
    public string File => Path.Combine(Folder, "octoworkers.db");

    /// <inheritdoc/>
    public override async Task<IStore> OpenAsync() => await OpenSqliteAsync();

    internal async Task<SqliteStore> OpenSqliteAsync()
    {
        SqliteStore store = await SqliteStore.OpenAsync(Folder, TimeProvider.System, TestContext.Current.CancellationToken);
        opened.Add(store);
        return store;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (SqliteStore store in opened)
        {
            await store.DisposeAsync();
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
