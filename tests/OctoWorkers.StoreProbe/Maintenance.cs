using OctoWorkers.Engine;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Backups;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.StoreProbe;

/// <summary>What keeps a store in order, by the second process: it says <c>begin</c> right before, and <c>end</c> when it is done.</summary>
internal static class Maintenance
{
    /// <summary>Writes backups, each in the place of the one before, until it is killed.</summary>
    internal static async Task<int> BackUpAsync(string folder, string file)
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(folder, TimeProvider.System, default);
        while (true)
        {
            await SaidAsync(() => store.BackupAsync(file, new ArtifactFolder(folder), true, true, default));
        }
    }

    /// <summary>Makes a store of a backup.</summary>
    internal static async Task<int> RestoreAsync(string file, string folder)
    {
        await SaidAsync(() => StoreRestore.RestoreAsync(file, folder, TimeProvider.System, default));
        return 0;
    }

    /// <summary>Compacts a store again and again until it is killed.</summary>
    internal static async Task<int> CompactAsync(string folder)
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(folder, TimeProvider.System, default);
        while (true)
        {
            await SaidAsync(() => store.CompactAsync(default));
        }
    }

    /// <summary>Removes the runs that retention does not keep.</summary>
    internal static async Task<int> RetainAsync(string folder)
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(folder, TimeProvider.System, default);
        await using OctoWorkersEngine engine = new(
            store, [], new SecretKeyring(folder, null, TimeProvider.System), new ArtifactFolder(folder), new NoLauncher(), TimeProvider.System);
        await SaidAsync(() => engine.ApplyRetentionAsync(default));
        return 0;
    }

    private static async Task SaidAsync<T>(Func<Task<T>> work)
    {
        await Console.Out.WriteLineAsync("begin");
        await Console.Out.FlushAsync();
        await work();
        await Console.Out.WriteLineAsync("end");
        await Console.Out.FlushAsync();
    }
}
