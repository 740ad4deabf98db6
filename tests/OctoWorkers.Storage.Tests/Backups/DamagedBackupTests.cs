using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Backups;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Backups;

/// <summary>Backups that are not as they were written make no store.</summary>
public sealed class DamagedBackupTests : StoreContract<SqliteStoreFactory>
{
    private const string ArtifactName = "artifacts/RunbookRuns-1/1";

    private RunRecord run = null!;

    private string Backup => Path.Combine(Factory.Folder, "store.backup");

    private string Copy => Path.Combine(Factory.Folder, "copy");

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task GivenABackupThatIsCutOff_WhenRestored_ThenThereIsNoStore(double part)
        => await RefusesAsync(bytes => bytes[..(int)(bytes.Length * part)]);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(20)]
    public async Task GivenABackupWithoutItsLastBytes_WhenRestored_ThenThereIsNoStore(int count)
        => await RefusesAsync(bytes => bytes[..^count]);

    [Fact]
    public async Task GivenABackupWithSomethingBehindIt_WhenRestored_ThenThereIsNoStore()
        => await RefusesAsync(bytes => [.. bytes, 0, 1, 2, 3]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GivenABackup_WhenAnyBitIsFlipped_ThenItIsRefusedOrRestoredAsItWas(bool isPacked)
    {
        // In the file, where its own checksum tells; and in the archive inside, which is packed again: there only the manifest can.
        byte[] sound = await WriteAsync();
        byte[] bytes = isPacked ? sound : BackupArchive.Unpack(sound);
        IReadOnlyList<RunEvent> events = await Store.GetEventsAsync(run.Id, Cancel);
        Random random = new(20260504);
        int refused = 0;
        for (int i = 0; i < (isPacked ? 80 : 30); i++)
        {
            // The beginning and the end hold most of what is not the content of a file.
            int position = (i % 3) switch { 0 => random.Next(Math.Min(2048, bytes.Length)), 1 => bytes.Length - 1 - random.Next(Math.Min(4096, bytes.Length)), _ => random.Next(bytes.Length) };
            byte[] damaged = [.. bytes];
            damaged[position] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(Backup, isPacked ? damaged : BackupArchive.Pack(damaged), Cancel);
            try
            {
                StoreRestoration restored = await StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel);
                Assert.Equal((1, 1, true), (restored.Runs, restored.Artifacts, restored.IsVerified));
                await using (SqliteStore copy = await SqliteStore.OpenAsync(Copy, TimeProvider.System, Cancel))
                {
                    Assert.Equal(events, await copy.GetEventsAsync(run.Id, Cancel));
                }

                Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(Copy, ArtifactName), Cancel));
                Directory.Delete(Copy, recursive: true);
            }
            catch (OctoWorkersException e)
            {
                Assert.True(e.Error == EngineError.StoreCorrupt, $"{position}: {e}");
                Assert.Contains(Backup, e.Message, StringComparison.Ordinal);
                Assert.False(Directory.Exists(Copy));
                refused++;
            }
        }

        Assert.True(refused > (isPacked ? 60 : 4), $"{refused}");
    }

    [Fact]
    public async Task GivenAnyOtherFile_WhenRestored_ThenItIsNoBackup()
    {
        await File.WriteAllTextAsync(Backup, "hello", Cancel);
        await FailsAsync(EngineError.StoreCorrupt, () => StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel));
        await FailsAsync(EngineError.InvalidArgument, () => StoreRestore.RestoreAsync(Backup + ".not", Copy, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task GivenFilesThatDifferFromTheManifest_WhenRestored_ThenEachIsNamed()
    {
        string message = await RefusesAsync(bytes => BackupArchive.Of(
            [.. BackupArchive.Files(bytes).Where(file => file.Name != ArtifactName), ("packages/Other.1.0.0.zip", "other"u8.ToArray()), ("notes.txt", [])]));
        Assert.Contains($"'{ArtifactName}' is missing", message, StringComparison.Ordinal);
        Assert.Contains("'packages/Other.1.0.0.zip' was not in it when it was written", message, StringComparison.Ordinal);
        Assert.Contains("'notes.txt' was not in it when it was written", message, StringComparison.Ordinal);
        Assert.Contains("Use another backup", message, StringComparison.Ordinal);
        message = await RefusesAsync(bytes => BackupArchive.With(bytes, ArtifactName, "HELLO"));
        Assert.Contains($"'{ArtifactName}' is not as it was written", message, StringComparison.Ordinal);
        message = await RefusesAsync(bytes => BackupArchive.Of([.. BackupArchive.Files(bytes), (ArtifactName, "hello"u8.ToArray())]));
        Assert.Contains($"'{ArtifactName}' is in it twice", message, StringComparison.Ordinal);
        message = await RefusesAsync(bytes => BackupArchive.Of(BackupArchive.Files(bytes).Where(file => file.Name != "octoworkers.db")));
        Assert.Contains("'octoworkers.db' is missing", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenADamagedManifest_WhenRestored_ThenTheBackupIsNamedAndNotTheStore()
    {
        string message = await RefusesAsync(bytes => BackupArchive.With(bytes, BackupArchive.Manifest, "{}"));
        Assert.Contains("'manifest.json' is not as it was written", message, StringComparison.Ordinal);
        message = await RefusesAsync(bytes => BackupArchive.Of(BackupArchive.Files(bytes).Where(file => file.Name != BackupManifest.SumName)));
        Assert.Contains("'manifest.json.sha256' is missing", message, StringComparison.Ordinal);
        message = await RefusesAsync(bytes => Announcing(bytes, "{ not json"));
        Assert.Contains("'manifest.json' cannot be read", message, StringComparison.Ordinal);
        Assert.DoesNotContain("The store holds", message, StringComparison.Ordinal);
        await WriteAsync();
        await File.WriteAllBytesAsync(
            Backup, Announcing(await File.ReadAllBytesAsync(Backup, Cancel), """{"octoworkersBackup":9,"created":"2026-05-04T12:00:00.0000000+00:00","artifacts":1,"files":[]}"""), Cancel);
        await FailsAsync(EngineError.StoreTooNew, () => StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task GivenABackupOfAnEarlierVersion_WhenRestored_ThenItIsThereAndNobodyCouldCheckIt()
    {
        byte[] backup = await WriteAsync();
        Assert.True(await StoreRestore.CheckAsync(Backup, Cancel));
        Assert.True((await StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel)).IsVerified);
        await File.WriteAllBytesAsync(Backup, Old(backup), Cancel);
        Assert.False(await StoreRestore.CheckAsync(Backup, Cancel));
        StoreRestoration restored = await StoreRestore.RestoreAsync(Backup, Copy + "2", TimeProvider.System, Cancel);
        Assert.Equal((1, 1, false), (restored.Runs, restored.Artifacts, restored.IsVerified));

        // What can be told of such a one is told: how many files it has, and the archive's own checksum.
        await RefusesAsync(bytes => BackupArchive.Of(BackupArchive.Files(Old(bytes)).Where(file => file.Name != ArtifactName)));
        await RefusesAsync(bytes => Old(bytes)[..^3]);
        await File.WriteAllBytesAsync(Backup, BackupArchive.With(Old(backup), "octoworkers.db", "no store"), Cancel);
        string message = (await FailsAsync(EngineError.StoreCorrupt, () => StoreRestore.RestoreAsync(Backup, Copy + "3", TimeProvider.System, Cancel))).Message;
        Assert.Contains("of the store in it", message, StringComparison.Ordinal);
        Assert.DoesNotContain(".restore-", message, StringComparison.Ordinal);
    }

    private static byte[] Old(byte[] backup) => BackupArchive.Of(BackupArchive.Files(BackupArchive.With(
        backup, BackupArchive.Manifest, """{"octoworkersBackup":1,"created":"2026-05-04T12:00:00.0000000+00:00","artifacts":1}""")).Where(file => file.Name != BackupManifest.SumName));

    // With a checksum that is right: somebody wrote it so.
    private static byte[] Announcing(byte[] backup, string manifest)
        => BackupArchive.With(BackupArchive.With(backup, BackupArchive.Manifest, manifest), BackupManifest.SumName, BackupManifest.SumOf(manifest));

    private async Task<byte[]> WriteAsync()
    {
        ArtifactFolder artifacts = new(Factory.Folder);
        if (run is null)
        {
            run = await StartAsync(await CreateRunAsync());
            long length = await artifacts.WriteAsync(run.Id, 1, new[] { new ReadOnlyMemory<byte>("hello"u8.ToArray()) }.ToAsyncEnumerable(), Cancel);
            await CommitAsync(
                run,
                new ArtifactAnnounced(1, 1, 1, "a.txt", new(SealedText.Prefix)) { At = Sample.Now },
                new ArtifactCollected(1, 1, 1, length, null) { At = Sample.Now });
            await EndAsync(run, RunStatus.Failed);
            Directory.CreateDirectory(Path.Combine(Factory.Folder, FeedFolder.BuiltIn));
        }

        await Store.BackupAsync(Backup, artifacts, true, true, Cancel);
        return await File.ReadAllBytesAsync(Backup, Cancel);
    }

    private async Task<string> RefusesAsync(Func<byte[], byte[]> damage)
    {
        await File.WriteAllBytesAsync(Backup, damage(await WriteAsync()), Cancel);
        string folder = Path.Combine(Factory.Folder, "refused");
        OctoWorkersException refused = await FailsAsync(EngineError.StoreCorrupt, () => StoreRestore.RestoreAsync(Backup, folder, TimeProvider.System, Cancel));
        Assert.False(Directory.Exists(folder));
        Assert.Contains(Backup, refused.Message, StringComparison.Ordinal);
        Assert.Equal(EngineError.StoreCorrupt, (await FailsAsync(EngineError.StoreCorrupt, () => StoreRestore.CheckAsync(Backup, Cancel))).Error);
        return refused.Message;
    }
}
