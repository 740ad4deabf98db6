using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace OctoWorkers.Engine.Packages;

/// <summary>Looks through archives before they are extracted anywhere. The worker verifies that it extracts the same bytes.</summary>
internal static class PackageArchive
{
    private const int FileTypes = 0xF000;
    private const int SymbolicLink = 0xA000;
    private const int LongestTarget = 4096;

    /// <summary>Checks an archive.</summary>
    /// <param name="path">The file; its name tells its kind.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.PackageInvalid"/> when it is none, or holds what must not be extracted.</exception>
    internal static async Task CheckAsync(string path, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                ArchivePaths paths = new(name);
                await (PackageFileName.IsTar(name) ? CheckTarAsync(file, name, paths, cancellationToken) : CheckZipAsync(file, name, paths, cancellationToken)).ConfigureAwait(false);
                paths.Finish();
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            string kind = PackageFileName.IsTar(name) ? "compressed tar archive" : "zip archive";
            throw new OctoWorkersException(EngineError.PackageInvalid, $"Package '{name}' is no whole {kind}: {e.Message}", name, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.PackageNotFound, $"The file '{path}' of a package cannot be read: {e.Message}", name, e);
        }
    }

    private static async Task CheckZipAsync(Stream file, string name, ArchivePaths paths, CancellationToken cancellationToken)
    {
        using ZipArchive archive = new(file, ZipArchiveMode.Read, leaveOpen: true);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.IsEncrypted)
            {
                throw new OctoWorkersException(EngineError.PackageInvalid, $"Package '{name}' cannot be extracted: its entry '{entry.FullName}' is encrypted.", name);
            }

            if (((entry.ExternalAttributes >> 16) & FileTypes) == SymbolicLink)
            {
                paths.AddLink(entry.FullName, await TargetAsync(entry, name, cancellationToken).ConfigureAwait(false));
            }
            else
            {
                paths.Add(entry.FullName);
            }
        }
    }

    private static async Task<string> TargetAsync(ZipArchiveEntry entry, string name, CancellationToken cancellationToken)
    {
        if (entry.Length > LongestTarget)
        {
            throw new OctoWorkersException(EngineError.PackageInvalid, $"Package '{name}' must not be extracted: its link '{entry.FullName}' has a target of {entry.Length} bytes.", name);
        }

        Stream content = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            using StreamReader reader = new(content, Encoding.UTF8);
            return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CheckTarAsync(Stream file, string name, ArchivePaths paths, CancellationToken cancellationToken)
    {
        GZipStream plain = new(file, CompressionMode.Decompress, leaveOpen: true);
        await using (plain.ConfigureAwait(false))
        {
            TarReader reader = new(plain, leaveOpen: true);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                {
                    Add(entry, name, paths);
                }
            }
        }
    }

    private static void Add(TarEntry entry, string name, ArchivePaths paths)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.Directory:
                paths.Add(entry.Name);
                break;
            case TarEntryType.SymbolicLink:
                paths.AddLink(entry.Name, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                paths.AddHardLink(entry.Name, entry.LinkName);
                break;
            case TarEntryType.GlobalExtendedAttributes:
                break;
            default:
                throw new OctoWorkersException(
                    EngineError.PackageInvalid,
                    $"Package '{name}' must not be extracted: its entry '{entry.Name}' is neither a file, a folder nor a link ({entry.EntryType}).", name);
        }
    }
}
