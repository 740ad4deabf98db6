using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Files;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Sqlite;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage.Backups;

/// <summary>
/// Writes a backup: a compressed tar archive of the artifacts and of a copy of the store's file. SQLite makes the copy from one snapshot while others go on
/// writing. Artifacts never change once their journal tells of them; a run whose artifacts were removed since the copy was made leaves the copy too, as if
/// it had been removed before.
/// </summary>
/// <param name="source">The store's file, as SQLite is to open it.</param>
/// <param name="store">The store's file, for messages.</param>
/// <param name="readers">Reads the store as it is now.</param>
/// <param name="artifacts">The artifacts.</param>
/// <param name="packages">The packages that are to be in it; those that are removed meanwhile are not.</param>
/// <param name="time">The clock.</param>
internal sealed class BackupWriter(string source, string store, SqliteReaders readers, IArtifactStore artifacts, IReadOnlyList<FileInfo> packages, TimeProvider time)
{
    private const string About = """
        A backup of an OctoWorkers store: definitions, runs, logs, artifacts, packages of the built-in feed.
        'octoworkers store restore FILE --home FOLDER' makes a store of it.
        The keys of its secrets are not in it: 'octoworkers key backup' copies them, and 'octoworkers key restore' brings them back.

        """;

    private readonly DateTimeOffset now = time.GetUtcNow();
    private readonly List<BackupFile> files = [];
    private int count;
    private int missing;
    private int packed;

    /// <summary>Writes it.</summary>
    internal async Task<StoreBackup> WriteAsync(string path, bool overwrites, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        int runs = 0;
        DraftFile file = DraftFile.Create(full, overwrites, isPrivate: true);
        await using (file.ConfigureAwait(false))
        {
            string copy = file.Beside("db");
            try
            {
                await file.WriteAsync(async stream => runs = await WriteAsync(stream, copy, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
                await file.KeepAsync().ConfigureAwait(false);
            }
            finally
            {
                File.Delete(copy);
            }
        }

        return new(full, new FileInfo(full).Length, runs, count, missing) { Packages = packed };
    }

    private async Task<int> WriteAsync(Stream stream, string copy, CancellationToken cancellationToken)
    {
        await Task.Run(() => Copy(copy, cancellationToken), cancellationToken).ConfigureAwait(false);
        int runs;
        GZipStream compressed = new(stream, CompressionLevel.Fastest, leaveOpen: true);
        await using (compressed.ConfigureAwait(false))
        {
            TarWriter archive = new(compressed, TarEntryFormat.Pax, leaveOpen: true);
            await using (archive.ConfigureAwait(false))
            {
                await AddAsync(archive, BackupManifest.About, About, cancellationToken).ConfigureAwait(false);
                runs = await AddArtifactsAsync(archive, copy, cancellationToken).ConfigureAwait(false);
                await AddPackagesAsync(archive, cancellationToken).ConfigureAwait(false);
                FileStream database = File.OpenRead(copy);
                await using (database.ConfigureAwait(false))
                {
                    await AddAsync(archive, StoreFile.Name, database, cancellationToken).ConfigureAwait(false);
                }

                string manifest = new BackupManifest(now, count, packed) { Files = [.. files] }.Write();
                await AddAsync(archive, BackupManifest.Name, manifest, cancellationToken).ConfigureAwait(false);
                await AddAsync(archive, BackupManifest.SumName, BackupManifest.SumOf(manifest), cancellationToken).ConfigureAwait(false);
            }
        }

        return runs;
    }

    private void Copy(string copy, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(copy, options).Dispose();
        try
        {
            using SqliteSession session = SqliteSession.Open(source, forWriting: false);
            using CancellationTokenRegistration stop = cancellationToken.Register(session.Interrupt);
            session.Execute("VACUUM INTO ?1", copy);
        }
        catch (SqliteException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw SqliteFailure.Translate(exception, store);
        }
    }

    private async Task<int> AddArtifactsAsync(TarWriter archive, string copy, CancellationToken cancellationToken)
    {
        using SqliteSession session = SqliteSession.Open(copy, forWriting: true);
        HashSet<RunId> gone = [];
        foreach ((RunId run, int number) in ArtifactRecords.All(session).Keys)
        {
            if (gone.Contains(run))
            {
                continue;
            }

            try
            {
                Stream bytes = artifacts.OpenRead(run, number);
                await using (bytes.ConfigureAwait(false))
                {
                    await AddAsync(archive, $"{BackupManifest.ArtifactFolder}/{run}/{number}", bytes, cancellationToken).ConfigureAwait(false);
                    count++;
                }
            }
            catch (OctoWorkersException e) when (e.Error == EngineError.ArtifactNotFound)
            {
                if (await IsThereAsync(run, cancellationToken).ConfigureAwait(false))
                {
                    missing++;
                }
                else
                {
                    gone.Add(run);
                }
            }
        }

        foreach (RunId run in gone)
        {
            RunTable.Erase(session, run);
        }

        return (int)session.Scalar("SELECT count(*) FROM runs");
    }

    private async Task AddPackagesAsync(TarWriter archive, CancellationToken cancellationToken)
    {
        foreach (FileInfo package in packages)
        {
            FileStream bytes;
            try
            {
                bytes = package.OpenRead();
            }
            catch (FileNotFoundException)
            {
                // Somebody has removed it.
                continue;
            }

            await using (bytes.ConfigureAwait(false))
            {
                await AddAsync(archive, $"{FeedFolder.BuiltIn}/{package.Name}", bytes, cancellationToken).ConfigureAwait(false);
                packed++;
            }
        }
    }

    private Task<bool> IsThereAsync(RunId run, CancellationToken cancellationToken)
        => readers.ReadAsync(session => session.Scalar("SELECT count(*) FROM runs WHERE id = ?1", run.Number) != 0, cancellationToken);

    private async Task AddAsync(TarWriter archive, string name, string text, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = new(Encoding.UTF8.GetBytes(text));
        await AddAsync(archive, name, bytes, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(TarWriter archive, string name, Stream bytes, CancellationToken cancellationToken)
    {
        // What goes into the archive is what is measured, whatever becomes of the file meanwhile.
        MeasuredStream measured = new(bytes, hashes: true);
        await using (measured.ConfigureAwait(false))
        {
            PaxTarEntry entry = new(TarEntryType.RegularFile, name)
            {
                DataStream = measured, ModificationTime = now, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            await archive.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
            files.Add(measured.Measured(name));
        }
    }
}
