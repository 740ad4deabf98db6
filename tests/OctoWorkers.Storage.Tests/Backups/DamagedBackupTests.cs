using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Storage.Backups;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Backups;

/// <summary>Backups that are not as they were written make no store.</summary>
public sealed class DamagedBackupTests : StoreContract<SqliteStoreFactory>
{
    private string Backup => Path.Combine(Factory.Folder, "store.backup");

    private string Copy => Path.Combine(Factory.Folder, "copy");

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task GivenABackupThatIsCutOff_WhenRestored_ThenThereIsNoStore(double part)
        => await RefusesAsync(bytes => bytes[..(int)(bytes.Length * part)]);

    [Fact]
    public async Task GivenAnyOtherFile_WhenRestored_ThenItIsNoBackup()
    {
        await File.WriteAllTextAsync(Backup, "hello", Cancel);
        await FailsAsync(EngineError.StoreCorrupt, () => StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel));
        await FailsAsync(EngineError.InvalidArgument, () => StoreRestore.RestoreAsync(Backup + ".not", Copy, TimeProvider.System, Cancel));
    }

    private async Task RefusesAsync(Func<byte[], byte[]> damage)
    {
        await StartAsync(await CreateRunAsync());
        await Store.BackupAsync(Backup, new ArtifactFolder(Factory.Folder), false, true, Cancel);
        await File.WriteAllBytesAsync(Backup, damage(await File.ReadAllBytesAsync(Backup, Cancel)), Cancel);
        await FailsAsync(EngineError.StoreCorrupt, () => StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Copy));
    }
}
