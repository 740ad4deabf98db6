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

    /// <summary>A package of a few megabytes whose extraction takes seconds: a file of zeros. Compressed parts may follow each other.</summary>
    internal static byte[] Zeros(string name, long size)
    {
        const int Part = 1 << 24;
        byte[] header = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000600\00000000\00000000\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes($"{Convert.ToString(size, 8).PadLeft(11, '0')}\000000000000\0        0").CopyTo(header, 124);
        Encoding.ASCII.GetBytes("ustar\000").CopyTo(header, 257);
        Encoding.ASCII.GetBytes($"{Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
        byte[] part = Packed(new byte[Part]);
        return [.. Packed(header), .. Enumerable.Repeat(part, checked((int)(size / Part))).SelectMany(bytes => bytes), .. Packed(new byte[1024])];
    }

    private static byte[] Packed(byte[] bytes)
    {
        using MemoryStream result = new();
        using (GZipStream packed = new(result, CompressionLevel.Optimal))
        {
            packed.Write(bytes);
        }

        return result.ToArray();
    }

    internal static TarEntry TextEntry(string name, string text)
        => new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    internal static TarEntry Link(TarEntryType type, string name, string target) => new PaxTarEntry(type, name) { LinkName = target };
}
