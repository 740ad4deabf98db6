using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Storage.Backups;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Processes;

/// <summary>Processes that keep a store in order and are killed in the middle of it: the store is sound, what they made is whole or recognisably nothing, and the next one is not in their way.</summary>
public sealed class MaintenanceCrashTests : StoreContract<SqliteStoreFactory>
{
    private const int Runs = 12;

    private ArtifactFolder Artifacts => new(Factory.Folder);

    private string Backup => Path.Combine(Factory.Folder, "store.backup");

    private string Copy => Path.Combine(Factory.Folder, "copy");

    [Fact]
    public async Task GivenABackupUnderWay_WhenItsProcessIsKilled_ThenTheFileIsAWholeBackupOrNotThere()
    {
        await FillAsync();
        for (int round = 0; round < 6; round++)
        {
            await KillAsync(round, "backup", Factory.Folder, Backup);
            if (File.Exists(Backup))
            {
                string copy = $"{Copy}{round}";
                Assert.Equal(Runs, (await StoreRestore.RestoreAsync(Backup, copy, TimeProvider.System, Cancel)).Runs);
            }

            Assert.All(
                Directory.EnumerateFiles(Factory.Folder, "store.backup*").Where(path => path != Backup), path => Assert.Contains(".tmp", path, StringComparison.Ordinal));
            await SoundAsync();
        }

        Assert.Equal(Runs, (await Store.BackupAsync(Backup, Artifacts, true, true, Cancel)).Runs);
    }

    [Fact]
    public async Task GivenARestoreUnderWay_WhenItsProcessIsKilled_ThenTheNextOneMakesAWholeStore()
    {
        await FillAsync();
        await Store.BackupAsync(Backup, Artifacts, false, true, Cancel);
        for (int round = 0; round < 6; round++)
        {
            string copy = $"{Copy}{round}";
            await KillAsync(round, "restore", Backup, copy);
            if (!File.Exists(Path.Combine(copy, "octoworkers.db")))
            {
                Assert.Equal(Runs, (await StoreRestore.RestoreAsync(Backup, copy, TimeProvider.System, Cancel)).Runs);
            }

            await WholeAsync(copy);
        }
    }

    [Fact]
    public async Task GivenARestoreThatHadBroughtItsArtifacts_WhenItsProcessWasKilledThere_ThenTheNextOneMakesAWholeStore()
    {
        await FillAsync();
        string package = Path.Combine("packages", "Tools.1.0.0.zip");
        Directory.CreateDirectory(Path.Combine(Factory.Folder, "packages"));
        await File.WriteAllTextAsync(Path.Combine(Factory.Folder, package), "tools", Cancel);
        await Store.BackupAsync(Backup, Artifacts, false, true, Cancel);
        await StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel);

        // As it stands between the artifacts and the store's file.
        string draft = Path.Combine(Copy, ".restore-1");
        Directory.CreateDirectory(draft);
        await File.WriteAllTextAsync(Path.Combine(draft, "alive.lock"), "", Cancel);
        await File.WriteAllTextAsync(Path.Combine(draft, "artifacts.moved"), "", Cancel);
        await File.WriteAllTextAsync(Path.Combine(draft, "packages.moved"), "", Cancel);
        File.Move(Path.Combine(Copy, "octoworkers.db"), Path.Combine(draft, "octoworkers.db"));
        Assert.Equal(Runs, (await StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel)).Runs);
        Assert.Equal("tools", await File.ReadAllTextAsync(Path.Combine(Copy, package), Cancel));
        await WholeAsync(Copy);
    }

    [Fact]
    public async Task GivenARestoreThatIsAlive_WhenAnotherOneComes_ThenItsDraftStays()
    {
        await FillAsync();
        await Store.BackupAsync(Backup, Artifacts, false, true, Cancel);
        string draft = Path.Combine(Copy, ".restore-1");
        Directory.CreateDirectory(draft);
        using (new FileStream(Path.Combine(draft, "alive.lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            await StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel);
            Assert.True(Directory.Exists(draft));
        }
    }

    [Fact]
    public async Task GivenACompactionUnderWay_WhenItsProcessIsKilled_ThenTheStoreIsSoundAndCanBeCompacted()
    {
        await FillAsync();
        for (int round = 0; round < 6; round++)
        {
            await KillAsync(round, "compact", Factory.Folder);
            await SoundAsync();
        }

        StoreCompaction compaction = await Store.CompactAsync(Cancel);
        Assert.True(compaction.After <= compaction.Before);
        await SoundAsync();
    }

    [Fact]
    public async Task GivenRetentionUnderWay_WhenItsProcessIsKilled_ThenTheNextOneFinishesIt()
    {
        await FillAsync();
        EnvironmentRecord environment = Assert.Single(await Store.GetEnvironmentsAsync(Cancel));
        await Store.PutEnvironmentAsync(new(environment.Name) { Retention = RetentionPolicy.KeepRuns(2) }, false, Cancel);
        for (int round = 0; round < 4; round++)
        {
            await KillAsync(round, "retain", Factory.Folder);
            Assert.Empty(await Store.CheckAsync(Cancel));
        }

        using ProbeProcess last = ProbeProcess.Start("retain", Factory.Folder);
        Assert.Equal(["begin", "end"], await last.ReadToEndAsync());
        IReadOnlyList<RunSummary> left = await Store.GetRunsAsync(new(), Cancel);
        Assert.Equal(2, left.Count);
        Assert.Equal(left.Select(run => run.Id).Order(), Artifacts.List().Select(file => file.Run).Order());
        Assert.Empty((await Store.ExamineAsync(Artifacts, Cancel)).Problems);
    }

    // Killed at once after it has begun, and a little later each round.
    private static async Task KillAsync(int round, params string[] arguments)
    {
        using ProbeProcess probe = ProbeProcess.Start(arguments);
        Assert.Equal("begin", await probe.ReadLineAsync());
        await Task.Delay(TimeSpan.FromMilliseconds(round * 9), TimeProvider.System, Cancel);
        await probe.KillAsync();
    }

    private async Task SoundAsync()
    {
        Assert.Empty((await Store.ExamineAsync(Artifacts, Cancel)).Problems);
        Assert.Equal(Runs, (await Store.GetRunsAsync(new(), Cancel)).Count);
    }

    private static async Task WholeAsync(string folder)
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(folder, TimeProvider.System, Cancel);
        Assert.Equal(Runs, (await store.GetRunsAsync(new(), Cancel)).Count);
        Assert.Empty((await store.ExamineAsync(new ArtifactFolder(folder), Cancel)).Problems);
        await store.CompactAsync(Cancel);
        Assert.DoesNotContain(Directory.EnumerateDirectories(folder, ".restore-*"), draft => File.Exists(Path.Combine(draft, "alive.lock")));
    }

    private async Task FillAsync()
    {
        for (int number = 0; number < Runs; number++)
        {
            RunRecord run = await StartAsync(await CreateRunAsync());
            long length = await Artifacts.WriteAsync(run.Id, 1, Pieces(), Cancel);
            await Store.CommitAsync(new(run.Id, run.FencingToken) { Log = [Sample.Chunk(1, new string('x', 400_000) + "\n")], At = Sample.Now }, Cancel);
            await CommitAsync(
                run,
                new ArtifactAnnounced(1, 1, 1, "a.bin", new(SealedText.Prefix)) { At = Sample.Now },
                new ArtifactCollected(1, 1, 1, length, null) { At = Sample.Now },
                new RunEnded(RunStatus.Success, null) { At = Sample.Now });
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        await Task.Yield();
        yield return new byte[100_000];
    }
}
