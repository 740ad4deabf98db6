using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace OctoWorkers.Engine.Tests.Packages;

/// <summary>Makes packages.</summary>
internal static class PackageFiles
{
    /// <summary>A zip archive of text files.</summary>
    internal static string Zip(string path, params (string Name, string Text)[] entries)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, string text) in entries)
        {
            using Stream content = archive.CreateEntry(name).Open();
            content.Write(Encoding.UTF8.GetBytes(text));
        }

        return path;
    }

    /// <summary>A compressed tar archive.</summary>
    internal static string Tar(string path, params TarEntry[] entries)
    {
        using GZipStream packed = new(File.Create(path), CompressionLevel.Fastest);
        using TarWriter writer = new(packed);
        foreach (TarEntry entry in entries)
        {
            writer.WriteEntry(entry);
        }

        return path;
    }

    internal static TarEntry TextEntry(string name, string text)
        => new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    internal static TarEntry Link(TarEntryType type, string name, string target) => new PaxTarEntry(type, name) { LinkName = target };
}
