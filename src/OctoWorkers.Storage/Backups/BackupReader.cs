using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Backups;

/// <summary>Takes a backup apart. Only names that a backup has are taken: nothing is written outside the folder, whoever made the file.</summary>
internal static class BackupReader
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Extracts a backup.</summary>
    /// <param name="path">The backup's file.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<BackupManifest> ExtractAsync(string path, string folder, CancellationToken cancellationToken)
    {
        FileStream file;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"The backup '{path}' cannot be read: {e.Message}", path, e);
        }

        await using (file.ConfigureAwait(false))
        {
            try
            {
                return await ExtractAsync(file, path, folder, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
            {
                throw Damaged(path, e.Message, e);
            }
        }
    }

    private static async Task<BackupManifest> ExtractAsync(FileStream file, string path, string folder, CancellationToken cancellationToken)
    {
        BackupManifest? manifest = null;
        int artifacts = 0;
        int packages = 0;
        GZipStream compressed = new(file, CompressionMode.Decompress, leaveOpen: true);
        await using (compressed.ConfigureAwait(false))
        {
            TarReader archive = new(compressed, leaveOpen: true);
            await using (archive.ConfigureAwait(false))
            {
                while (await archive.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                {
                    switch (entry.Name)
                    {
                        case BackupManifest.About:
                            break;
                        case BackupManifest.Name:
                            using (StreamReader text = new(entry.DataStream ?? Stream.Null))
                            {
                                manifest = BackupManifest.Read(await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false), path);
                            }

                            break;
                        case StoreFile.Name:
                            await ExtractAsync(entry, Path.Combine(folder, StoreFile.Name), cancellationToken).ConfigureAwait(false);
                            break;
                        case var name when PackagePath(name) is { } package:
                            await ExtractAsync(entry, Path.Combine(folder, package), cancellationToken).ConfigureAwait(false);
                            packages++;
                            break;
                        default:
                            await ExtractAsync(entry, Path.Combine(folder, ArtifactPath(entry.Name, path)), cancellationToken).ConfigureAwait(false);
                            artifacts++;
                            break;
                    }
                }
            }
        }

        return manifest is null || !File.Exists(Path.Combine(folder, StoreFile.Name)) ? throw Damaged(path, "it is cut off, or was never whole", null)
            : manifest.Artifacts != artifacts ? throw Damaged(path, $"it has {artifacts} artifacts and should have {manifest.Artifacts}", null)
            : manifest.Packages != packages ? throw Damaged(path, $"it has {packages} packages and should have {manifest.Packages}", null)
            : manifest;
    }

    private static string? PackagePath(string name)
        => name.Split('/') is [FeedFolder.BuiltIn, string file] && FeedFolder.IsPackage(file) && Path.GetFileName(file) == file
            ? Path.Combine(FeedFolder.BuiltIn, file)
            : null;

    private static string ArtifactPath(string name, string path)
        => name.Split('/') is [BackupManifest.ArtifactFolder, string run, string number]
            && RunId.TryParse(run, out RunId id) && id.ToString() == run
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? Path.Combine(BackupManifest.ArtifactFolder, run, number)
            : throw Damaged(path, $"it holds '{name}'", null);

    private static async Task ExtractAsync(TarEntry entry, string target, CancellationToken cancellationToken)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            throw new InvalidDataException($"'{entry.Name}' is no file");
        }

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
            if (entry.DataStream is { } bytes)
            {
                await bytes.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
        }
    }

    private static OctoWorkersException Damaged(string path, string found, Exception? cause)
        => new(EngineError.StoreCorrupt, $"'{path}' is damaged or is no backup of a store: {found.TrimEnd('.')}. Use another backup.", path, cause);
}
