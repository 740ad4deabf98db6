using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Backups;

/// <summary>Takes a backup apart, and checks that all of it is as it was written. Only names that a backup has are taken: nothing is written outside the folder, whoever made the file.</summary>
/// <param name="path">The backup's file.</param>
/// <param name="folder">An empty folder; null: the backup is only read and checked.</param>
internal sealed class BackupReader(string path, string? folder)
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Dictionary<string, BackupFile> found = new(StringComparer.Ordinal);
    private string? manifest;
    private string? sum;

    /// <summary>Does it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<BackupManifest> ReadAsync(CancellationToken cancellationToken)
    {
        FileStream file;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"The backup '{path}' cannot be read: {(Directory.Exists(path) ? "it is a folder." : e.Message)}", path, e);
        }

        await using (file.ConfigureAwait(false))
        {
            try
            {
                await ReadAsync(file, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfDamage(e))
            {
                throw DamagedBackup.Of(path, e is EndOfStreamException ? "it ends too early" : $"what it holds cannot be made out ({e.Message.TrimEnd('.')})", e);
            }
        }

        return Checked();
    }

    // What reads archives trusts them: lengths and texts in them that nobody wrote make it fail in all these ways.
    private static bool IsOfDamage(Exception exception) => exception is InvalidDataException or EndOfStreamException or FormatException or ArgumentException
        or ArithmeticException or InvalidOperationException or NotSupportedException or OutOfMemoryException;

    private async Task ReadAsync(FileStream file, CancellationToken cancellationToken)
    {
        GZipStream compressed = new(file, CompressionMode.Decompress, leaveOpen: true);
        await using (compressed.ConfigureAwait(false))
        {
            MeasuredStream all = new(compressed, hashes: false);
            await using (all.ConfigureAwait(false))
            {
                TarReader archive = new(all, leaveOpen: true);
                await using (archive.ConfigureAwait(false))
                {
                    while (await archive.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                    {
                        await TakeAsync(entry, cancellationToken).ConfigureAwait(false);
                    }
                }

                // The archive's own checksum is behind its last file, and is compared by what decompresses when it comes to it.
                await all.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
                await RequireEndAsync(file, all.Count, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // What decompresses takes the end of the file for the end of the archive: the length that stands there tells them apart.
    private async Task RequireEndAsync(FileStream file, long length, CancellationToken cancellationToken)
    {
        byte[] end = new byte[sizeof(uint)];
        file.Position = Math.Max(0, file.Length - end.Length);
        await file.ReadExactlyAsync(end, cancellationToken).ConfigureAwait(false);
        if (BitConverter.ToUInt32(BitConverter.IsLittleEndian ? end : [.. end.Reverse()]) != (uint)length)
        {
            throw DamagedBackup.Of(path, "its end is missing, or something comes after it");
        }
    }

    private async Task TakeAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            throw DamagedBackup.Of(path, $"'{entry.Name}' is no file");
        }

        switch (entry.Name)
        {
            case BackupManifest.Name:
                manifest = await TextAsync(entry, cancellationToken).ConfigureAwait(false);
                return;
            case BackupManifest.SumName:
                sum = await TextAsync(entry, cancellationToken).ConfigureAwait(false);
                return;
            case var name when found.ContainsKey(name):
                throw DamagedBackup.Of(path, $"'{name}' is in it twice");
        }

        // What has no place in a store is read all the same, so that the manifest, which comes last, can tell what else is wrong.
        MeasuredStream bytes = new(entry.DataStream ?? Stream.Null, hashes: true);
        await using (bytes.ConfigureAwait(false))
        {
            if (folder is not null && PlaceOf(entry.Name) is { } place)
            {
                await ExtractAsync(bytes, Path.Combine(folder, place), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await bytes.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }

            found.Add(entry.Name, bytes.Measured(entry.Name));
        }
    }

    private BackupManifest Checked()
    {
        BackupManifest read = manifest is null ? throw DamagedBackup.Of(path, "it is cut off, or was never whole") : BackupManifest.Read(manifest, sum, path);
        if (read.Files is not null && DamagedBackup.Difference(path, read.Files, found) is { } difference)
        {
            throw difference;
        }

        int artifacts = found.Keys.Count(name => ArtifactPath(name) is not null);
        int packages = found.Keys.Count(name => PackagePath(name) is not null);
        return found.Keys.FirstOrDefault(name => name != BackupManifest.About && PlaceOf(name) is null) is { } strange ? throw DamagedBackup.Of(path, $"it holds '{strange}'")
            : !found.ContainsKey(StoreFile.Name) ? throw DamagedBackup.Of(path, $"'{StoreFile.Name}' is missing")
            : read.Artifacts != artifacts ? throw DamagedBackup.Of(path, $"it has {artifacts} artifacts and should have {read.Artifacts}")
            : read.Packages != packages ? throw DamagedBackup.Of(path, $"it has {packages} packages and should have {read.Packages}")
            : read;
    }

    private static async Task<string> TextAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        using StreamReader text = new(entry.DataStream ?? Stream.Null);
        return await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string? PlaceOf(string name) => name == StoreFile.Name ? name : PackagePath(name) ?? ArtifactPath(name);

    private static string? PackagePath(string name)
        => name.Split('/') is [FeedFolder.BuiltIn, string file] && FeedFolder.IsPackage(file) && Path.GetFileName(file) == file
            ? Path.Combine(FeedFolder.BuiltIn, file)
            : null;

    private static string? ArtifactPath(string name)
        => name.Split('/') is [BackupManifest.ArtifactFolder, string run, string number]
            && RunId.TryParse(run, out RunId id) && id.ToString() == run
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? Path.Combine(BackupManifest.ArtifactFolder, run, number)
            : null;

    private static async Task ExtractAsync(MeasuredStream bytes, string target, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        }
        else
        {
            options.UnixCreateMode = OnlyOwner;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!, OnlyOwner | UnixFileMode.UserExecute);
        }

        FileStream file = new(target, options);
        await using (file.ConfigureAwait(false))
        {
            await bytes.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }
}
