using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Backups;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Backups;

public sealed class PackageBackupTests : StoreContract<SqliteStoreFactory>
{
    [Fact]
    public async Task GivenPackagesOfTheBuiltInFeed_WhenBackedUpAndRestored_ThenTheyAreThereUnlessTheyWereLeftOut()
    {
        ArtifactFolder artifacts = new(Factory.Folder);
        string backup = Path.Combine(Factory.Folder, "store.backup");
        string copy = Path.Combine(Factory.Folder, "copy");
        string feed = Directory.CreateDirectory(Path.Combine(Factory.Folder, FeedFolder.BuiltIn)).FullName;
        await File.WriteAllTextAsync(Path.Combine(feed, "Acme.Web.1.0.0.zip"), "web", Cancel);
        await File.WriteAllTextAsync(Path.Combine(feed, "Tools.2.1.0-beta.1.tar.gz"), "tools", Cancel);
        await File.WriteAllTextAsync(Path.Combine(feed, "notes.txt"), "no package", Cancel);
        Assert.Equal(0, (await Store.BackupAsync(backup, artifacts, false, includesPackages: false, Cancel)).Packages);
        Assert.Equal(0, (await StoreRestore.RestoreAsync(backup, copy, TimeProvider.System, Cancel)).Packages);
        Assert.False(Directory.Exists(Path.Combine(copy, FeedFolder.BuiltIn)));
        Assert.Equal(2, (await Store.BackupAsync(backup, artifacts, true, includesPackages: true, Cancel)).Packages);

        // Packages that are there already are not mixed with those of the backup.
        string other = Path.Combine(Factory.Folder, "other");
        string there = Path.Combine(Directory.CreateDirectory(Path.Combine(other, FeedFolder.BuiltIn)).FullName, "Acme.Web.1.0.0.zip");
        await File.WriteAllTextAsync(there, "another", Cancel);
        await FailsAsync(EngineError.AlreadyExists, () => StoreRestore.RestoreAsync(backup, other, TimeProvider.System, Cancel));
        Assert.Equal("another", await File.ReadAllTextAsync(there, Cancel));
        File.Delete(there);
        Assert.Equal(2, (await StoreRestore.RestoreAsync(backup, other, TimeProvider.System, Cancel)).Packages);
        Assert.Equal("web", await File.ReadAllTextAsync(there, Cancel));
        Assert.Equal(["Acme.Web.1.0.0.zip", "Tools.2.1.0-beta.1.tar.gz"], FeedFolder.Packages(Path.Combine(other, FeedFolder.BuiltIn)).Select(file => file.Name));
    }
}
