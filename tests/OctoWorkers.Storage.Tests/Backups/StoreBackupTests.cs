using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Backups;
using OctoWorkers.Storage.Tests.Contract;

namespace OctoWorkers.Storage.Tests.Backups;

public sealed class StoreBackupTests : StoreContract<SqliteStoreFactory>
{
    private ArtifactFolder Artifacts => new(Factory.Folder);

    private string Backup => Path.Combine(Factory.Folder, "store.backup");

    private string Copy => Path.Combine(Factory.Folder, "copy");

    [Fact]
    public async Task GivenRunsAndArtifacts_WhenBackedUpAndRestored_ThenTheStoreHasThemAndAKeyOfItsOwn()
    {
        RunRecord run = await RunWithArtifactAsync("hello");
        StoreBackup backup = await Store.BackupAsync(Backup, Artifacts, false, true, Cancel);
        Assert.Equal((1, 1, 0), (backup.Runs, backup.Artifacts, backup.MissingArtifacts));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(Factory.Folder), path => path.EndsWith(".tmp", StringComparison.Ordinal));
        StoreRestoration restored = await StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel);
        Assert.Equal((1, 1, 0), (restored.Runs, restored.Artifacts, restored.EndedRuns.Count));
        await using SqliteStore copy = await SqliteStore.OpenAsync(Copy, TimeProvider.System, Cancel);
        Assert.NotEqual(Store.Key, copy.Key);
        Assert.Equal(await Store.GetEventsAsync(run.Id, Cancel), await copy.GetEventsAsync(run.Id, Cancel));
        using StreamReader artifact = new(new ArtifactFolder(Copy).OpenRead(run.Id, 1));
        Assert.Equal("hello", await artifact.ReadToEndAsync(Cancel));
        Assert.Empty((await copy.ExamineAsync(new ArtifactFolder(Copy), Cancel)).Problems);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Copy), path => Path.GetFileName(path).StartsWith(".restore", StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Copy));
    }

    [Fact]
    public async Task GivenWhatKilledBackupsHaveLeft_WhenBackedUpAgain_ThenItIsRemovedAndThatOfLivingOnesAndOtherFilesStay()
    {
        string[] dead = [$"{Backup}.{Guid.NewGuid():N}", $"{Backup}.{Guid.NewGuid():N}"];
        string[] others = [$"{Backup}.{Guid.NewGuid():N}.tmp", $"{Backup}.mine.tmp", $"{Backup}2.{Guid.NewGuid():N}.tmp"];
        foreach (string path in (string[])[$"{dead[0]}.tmp", $"{dead[0]}.db.tmp", $"{dead[1]}.tmp", .. others])
        {
            await File.WriteAllTextAsync(path, "", Cancel);
        }

        await using (FileStream alive = new(others[0], FileMode.Open, FileAccess.Write, FileShare.None))
        {
            await Store.BackupAsync(Backup, Artifacts, false, true, Cancel);
        }

        Assert.Equal(others.Order(), Directory.EnumerateFiles(Factory.Folder, "*.tmp").Order());
    }

    [Fact]
    public async Task GivenWritersAtWork_WhenBackedUp_ThenTheBackupIsSound()
    {
        RunRecord run = await StartAsync(await CreateRunAsync());
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task writing = Task.Run(() => WriteAsync(run, stop.Token), Cancel);
        for (int i = 0; i < 3; i++)
        {
            await Store.BackupAsync(Backup, Artifacts, true, true, Cancel);
        }

        await stop.CancelAsync();
        await writing;
        StoreRestoration restored = await StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel);
        Assert.Equal([run.Id], restored.EndedRuns);
        await using SqliteStore copy = await SqliteStore.OpenAsync(Copy, TimeProvider.System, Cancel);
        Assert.Empty(await copy.CheckAsync(Cancel));
        RunRecord ended = await copy.GetRunAsync(run.Id, Cancel);
        Assert.Equal(RunStatus.Failed, ended.Status);
        Assert.Contains("restored from a backup", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAnAttemptUnderWay_WhenRestored_ThenWhatBecameOfItIsUnknown()
    {
        RunRecord run = await StartAsync(await CreateRunAsync(new EngineId("dead")));
        await CommitAsync(run, new AttemptIntended(1, 1, new(1), "w") { At = Sample.Now });
        RunRecord queued = await CreateRunAsync();
        await Store.BackupAsync(Backup, Artifacts, false, true, Cancel);
        await StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel);
        await using SqliteStore copy = await SqliteStore.OpenAsync(Copy, TimeProvider.System, Cancel);
        IReadOnlyList<RunEvent> events = await copy.GetEventsAsync(run.Id, Cancel);
        Assert.Equal(AttemptOutcome.Unknown, Assert.Single(events.OfType<AttemptEnded>()).Outcome);
        Assert.Equal(StepStatus.Unknown, Assert.Single(events.OfType<StepEnded>()).Status);
        Assert.Equal(RunStatus.Canceled, (await copy.GetRunAsync(queued.Id, Cancel)).Status);
        Assert.Empty(await copy.GetUnfinishedRunsAsync(Cancel));
    }

    [Fact]
    public async Task GivenAStore_WhenSomethingIsRestoredThere_ThenItIsRefused()
    {
        await Store.BackupAsync(Backup, Artifacts, false, true, Cancel);
        await FailsAsync(EngineError.AlreadyExists, () => Store.BackupAsync(Backup, Artifacts, false, true, Cancel));
        await FailsAsync(EngineError.AlreadyExists, () => StoreRestore.RestoreAsync(Backup, Factory.Folder, TimeProvider.System, Cancel));
        Directory.CreateDirectory(Path.Combine(Copy, "artifacts", "RunbookRuns-1"));
        await FailsAsync(EngineError.AlreadyExists, () => StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task GivenALivingEngine_WhenItsFolderIsRestoredTo_ThenItIsInUse()
    {
        await Store.BackupAsync(Backup, Artifacts, false, true, Cancel);
        await using SqliteStore other = await SqliteStore.OpenAsync(Copy, TimeProvider.System, Cancel);
        using IDisposable alive = other.Register(EngineId.New());
        foreach (string file in Directory.GetFiles(Copy, "octoworkers.db*"))
        {
            File.Delete(file);
        }

        await FailsAsync(EngineError.InUse, () => StoreRestore.RestoreAsync(Backup, Copy, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task GivenAGivenUpBackup_WhenLookedAt_ThenNothingIsLeft()
    {
        await RunWithArtifactAsync("hello");
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.BackupAsync(Backup, Artifacts, false, true, stop.Token));
        Assert.DoesNotContain(Directory.EnumerateFiles(Factory.Folder), path => Path.GetFileName(path).StartsWith("store.backup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenFilesAndRecordsThatDiffer_WhenExamined_ThenEachIsNamed()
    {
        RunRecord run = await RunWithArtifactAsync("hello");
        Assert.True((await Store.ExamineAsync(Artifacts, Cancel)).IsSound);
        string folder = Path.Combine(Factory.Folder, "artifacts");
        File.Move(Path.Combine(folder, run.Id.ToString(), "1"), Path.Combine(folder, run.Id.ToString(), "2"));
        Directory.CreateDirectory(Path.Combine(folder, "RunbookRuns-99"));
        await File.WriteAllTextAsync(Path.Combine(folder, "RunbookRuns-99", "1"), "lost", Cancel);
        IReadOnlyList<string> problems = (await Store.ExamineAsync(Artifacts, Cancel)).Problems;
        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("artifact 1 of RunbookRuns-1 has no file", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("is no artifact of RunbookRuns-1", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("of RunbookRuns-99, which is missing", StringComparison.Ordinal));
        Assert.Equal(1, (await Store.BackupAsync(Backup, Artifacts, false, true, Cancel)).MissingArtifacts);
    }

    [Fact]
    public async Task GivenRowsOfAMissingRun_WhenExamined_ThenTheyAreNamed()
    {
        using (SqliteConnection connection = new($"Data Source={Factory.File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "INSERT INTO run_events (run, seq, at, kind, payload) VALUES (7, 1, 0, 'runStarted', '{}')";
            command.ExecuteNonQuery();
        }

        Assert.Contains(
            (await Store.ExamineAsync(Artifacts, Cancel)).Problems, problem => problem.Contains("RunbookRuns-7 is missing, and run_events has 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenRemovedRuns_WhenCompacted_ThenTheFileIsSmallerAndWhatWasKeptIsThere()
    {
        RunRecord kept = await StartAsync(await CreateRunAsync());
        RunRecord removed = await StartAsync(await CreateRunAsync());
        await LogAsync(removed, 3_000_000);
        await EndAsync(removed, RunStatus.Failed);
        await Store.RemoveRunAsync(removed.Id, Cancel);
        StoreCompaction done = await Store.CompactAsync(Cancel);
        Assert.True(done.Gained > 2_000_000, $"{done}");
        Assert.Equal(kept.Id, Assert.Single(await Store.GetRunsAsync(new(), Cancel)).Id);
        Assert.True((await Store.ExamineAsync(Artifacts, Cancel)).IsSound);
    }

    [Fact]
    public async Task GivenARunUnderWay_WhenCompacted_ThenItIsRefusedUntilItsEngineIsGone()
    {
        EngineId engine = EngineId.New();
        RunRecord run = await CreateRunAsync(engine);
        using (Store.Register(engine))
        {
            Assert.Contains(run.Id.ToString(), (await FailsAsync(EngineError.InUse, () => Store.CompactAsync(Cancel))).Message, StringComparison.Ordinal);
        }

        await Store.CompactAsync(Cancel);
    }

    private async Task<RunRecord> RunWithArtifactAsync(string content)
    {
        RunRecord run = await StartAsync(await CreateRunAsync());
        long length = await Artifacts.WriteAsync(run.Id, 1, Pieces(content), Cancel);
        await CommitAsync(
            run,
            new ArtifactAnnounced(1, 1, 1, "a.txt", new(SealedText.Prefix)) { At = Sample.Now },
            new ArtifactCollected(1, 1, 1, length, null) { At = Sample.Now },
            new RunEnded(RunStatus.Success, null) { At = Sample.Now });
        return run;
    }

    private async Task WriteAsync(RunRecord run, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await LogAsync(run, 10_000);
        }
    }

    private Task<IReadOnlyList<RunRecord>> LogAsync(RunRecord run, int bytes)
        => Store.CommitAsync(new(run.Id, run.FencingToken) { Log = [Sample.Chunk(1, Noise(bytes) + "\n")], At = Sample.Now }, Cancel);

    // Text that packing does not make shorter.
    private static string Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return Convert.ToBase64String(bytes)[..length];
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(string content, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.WaitAsync(cancellationToken);
        yield return Encoding.UTF8.GetBytes(content);
    }
}
