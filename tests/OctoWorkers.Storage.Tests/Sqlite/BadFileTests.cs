using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Sqlite;
using OctoWorkers.Storage.Tests.Contract;
using OctoWorkers.Storage.Tests.Processes;

namespace OctoWorkers.Storage.Tests.Sqlite;

public sealed class BadFileTests : IAsyncDisposable
{
    private readonly SqliteStoreFactory factory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task GivenFileThatIsNoDatabase_WhenOpened_ThenItIsCorruptAndUntouched()
    {
        Directory.CreateDirectory(factory.Folder);
        string text = string.Concat(Enumerable.Repeat("This is a letter, not a store. ", 50));
        await File.WriteAllTextAsync(factory.File, text, Cancel);
        await FailsToOpenAsync(EngineError.StoreCorrupt);
        Assert.Equal(text, await File.ReadAllTextAsync(factory.File, Cancel));
    }

    [Fact]
    public async Task GivenDatabaseOfAnotherProgram_WhenOpened_ThenItIsCorruptAndUntouched()
    {
        Directory.CreateDirectory(factory.Folder);
        Change("CREATE TABLE recipes (name TEXT)");
        byte[] before = await File.ReadAllBytesAsync(factory.File, Cancel);
        await FailsToOpenAsync(EngineError.StoreCorrupt);
        Assert.Equal(before, await File.ReadAllBytesAsync(factory.File, Cancel));
    }

    [Fact]
    public async Task GivenStoreOfANewerVersion_WhenOpened_ThenItIsTooNew()
    {
        await MakeAsync();
        Change("PRAGMA user_version = 99");
        OctoWorkersException exception = await FailsToOpenAsync(EngineError.StoreTooNew);
        Assert.Contains("99", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenEventOfAnUnknownKind_WhenRead_ThenTheStoreIsTooNew()
    {
        await MakeAsync();
        Change("INSERT INTO run_events VALUES (1, 1, 0, 'runTeleported', '{}')");
        IStore store = await factory.OpenAsync();
        Assert.Equal(
            EngineError.StoreTooNew, (await Assert.ThrowsAsync<OctoWorkersException>(() => store.GetEventsAsync(new(1), Cancel))).Error);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public async Task GivenTruncatedFile_WhenUsed_ThenItIsCorrupt(double part)
    {
        await MakeAsync();
        await using (FileStream file = new(factory.File, FileMode.Open))
        {
            file.SetLength((long)(file.Length * part));
        }

        OctoWorkersException exception = await Assert.ThrowsAsync<OctoWorkersException>(async () =>
        {
            IStore store = await factory.OpenAsync();
            Assert.NotEmpty(await store.CheckAsync(Cancel));
            await store.GetEnvironmentsAsync(Cancel);
            await store.GetLogAsync(new(1), 0, null, int.MaxValue, Cancel);
        });
        Assert.Equal(EngineError.StoreCorrupt, exception.Error);
    }

    [Fact]
    public async Task GivenDamagedPages_WhenChecked_ThenTheDamageIsFound()
    {
        await MakeAsync();
        await using (FileStream file = new(factory.File, FileMode.Open))
        {
            byte[] noise = new byte[file.Length - 8192];
            new Random(1).NextBytes(noise);
            file.Position = 8192;
            file.Write(noise);
        }

        OctoWorkersException? exception = null;
        try
        {
            IStore store = await factory.OpenAsync();
            Assert.NotEmpty(await store.CheckAsync(Cancel));
        }
        catch (OctoWorkersException thrown)
        {
            exception = thrown;
        }

        Assert.True(exception is null or { Error: EngineError.StoreCorrupt }, exception?.Message);
    }

    [Theory]
    [InlineData("UPDATE pools SET is_default = 0", "default")]
    [InlineData("INSERT INTO leases (run, key, pool, worker, worker_name, since) VALUES (77, 'k', 1, 1, 'w', 0)", "RunbookRuns-77")]
    [InlineData("UPDATE log_chunks SET first_cursor = 9 WHERE first_cursor = 1", "RunbookRuns-1")]
    [InlineData("DELETE FROM run_requests", "RunbookRuns-1")]
    [InlineData("UPDATE runs SET status = 'Success'", "RunbookRuns-1")]
    [InlineData("UPDATE runbooks SET definition = '{'", "runbook")]
    public async Task GivenWhatCannotBe_WhenChecked_ThenItIsNamed(string damage, string named)
    {
        await MakeAsync();
        Change(damage);
        IStore store = await factory.OpenAsync();
        Assert.Contains(await store.CheckAsync(Cancel), finding => finding.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GivenStoreThatCannotBeWritten_WhenUsed_ThenItCanBeReadAndWritingSaysSo(bool folderToo)
    {
        await MakeAsync();
        int? user = Environment.IsPrivilegedProcess ? 65534 : null;
        UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        UnixFileMode enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(factory.File, read);
        File.SetUnixFileMode(factory.Folder, folderToo ? read | enter : read | enter | write);
        try
        {
            using ProbeProcess probe = ProbeProcess.StartAs(user, "read", factory.Folder);
            Assert.Equal(["Production", "StoreReadOnly"], await probe.ReadToEndAsync());
        }
        finally
        {
            File.SetUnixFileMode(factory.Folder, read | enter | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task GivenFolderThatCannotBeMade_WhenOpened_ThenItIsUnavailable()
    {
        Directory.CreateDirectory(factory.Folder);
        string file = Path.Combine(factory.Folder, "file");
        await File.WriteAllTextAsync(file, "", Cancel);
        OctoWorkersException exception = await Assert.ThrowsAsync<OctoWorkersException>(
            () => SqliteStore.OpenAsync(Path.Combine(file, "store"), TimeProvider.System, Cancel));
        Assert.Equal(EngineError.StoreUnavailable, exception.Error);
    }

    [Fact]
    public void GivenAFileSystemWithoutSharedMemory_WhenOpened_ThenItSaysThatThereIsNoWriteAheadLog()
    {
        string path = StoreFile.Create(factory.Folder);
        OctoWorkersException exception = Assert.Throws<OctoWorkersException>(() => StoreFile.Open($"file:{path}?vfs=unix-dotfile", out _, out _));
        Assert.Equal(EngineError.StoreUnavailable, exception.Error);
        Assert.Contains("write-ahead log", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenFullDisk_WhenWritten_ThenItSaysSoNothingIsLostAndItGoesOnWhenThereIsRoom()
    {
        Directory.CreateDirectory(factory.Folder);
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !Run("mount", "-t", "tmpfs", "-o", "size=3m", "none", factory.Folder))
        {
            Assert.Skip("Mounting a small disk needs root.");
        }

        try
        {
            await using SqliteStore store = await SqliteStore.OpenAsync(factory.Folder, TimeProvider.System, Cancel);
            string ballast = Path.Combine(factory.Folder, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[1 << 20], Cancel);
            EnvironmentRecord environment = await store.PutEnvironmentAsync(new("Production"), true, Cancel);
            RunbookRecord runbook = await store.PutRunbookAsync(Sample.Runbook("Backup"), Sample.Now, Cancel);
            RunRecord run = await store.CreateRunAsync(new(runbook.Id, runbook.Definition, environment), null, Sample.Now, Cancel);
            string line = new string('x', 100_000) + "\n";
            int stored = 0;
            OctoWorkersException exception = await Assert.ThrowsAsync<OctoWorkersException>(async () =>
            {
                for (; stored < 100; stored++)
                {
                    await store.CommitAsync(new(run.Id, 1) { Log = [Sample.Chunk(stored + 1, line)], SurvivesPowerLoss = stored % 2 == 0 }, Cancel);
                }
            });
            Assert.Equal(EngineError.StoreFull, exception.Error);
            Assert.NotEqual(0, stored);
            Assert.Equal(stored, (await store.GetLogAsync(run.Id, 0, null, int.MaxValue, Cancel)).Count);
            File.Delete(ballast);
            await store.CommitAsync(new(run.Id, 1) { Log = [Sample.Chunk(stored + 1, "y\n")] }, Cancel);
            Assert.Empty(await store.CheckAsync(Cancel));
        }
        finally
        {
            Assert.True(Run("umount", factory.Folder));
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private async Task MakeAsync()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(factory.Folder, TimeProvider.System, Cancel);
        EnvironmentRecord environment = await store.PutEnvironmentAsync(new("Production"), true, Cancel);
        RunbookRecord runbook = await store.PutRunbookAsync(Sample.Runbook("Backup"), Sample.Now, Cancel);
        RunRecord run = await store.CreateRunAsync(new(runbook.Id, runbook.Definition, environment), null, Sample.Now, Cancel);
        await store.CommitAsync(new(run.Id, 1) { Log = [Sample.Chunk(1, new string('x', 50_000) + "\n"), Sample.Chunk(2, "y\n")] }, Cancel);
    }

    private void Change(string sql)
    {
        using SqliteConnection connection = new($"Data Source={factory.File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private async Task<OctoWorkersException> FailsToOpenAsync(EngineError error)
    {
        OctoWorkersException exception = await Assert.ThrowsAsync<OctoWorkersException>(factory.OpenAsync);
        Assert.Equal(error, exception.Error);
        Assert.Contains(factory.File, exception.Message, StringComparison.Ordinal);
        return exception;
    }
}
