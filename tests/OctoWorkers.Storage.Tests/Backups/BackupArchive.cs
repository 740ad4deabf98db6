using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace OctoWorkers.Storage.Tests.Backups;

/// <summary>A backup, taken apart and put together again by hand.</summary>
internal static class BackupArchive
{
    public const string Manifest = "manifest.json";

    /// <summary>The archive without its compression.</summary>
    public static byte[] Unpack(byte[] backup)
    {
        using MemoryStream plain = new();
        using (GZipStream packed = new(new MemoryStream(backup), CompressionMode.Decompress))
        {
            packed.CopyTo(plain);
        }

        return plain.ToArray();
    }

    /// <summary>Compresses an archive.</summary>
    public static byte[] Pack(byte[] archive)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(archive);
        }

        return packed.ToArray();
    }

    /// <summary>The files of a backup, in their order.</summary>
    public static List<(string Name, byte[] Bytes)> Files(byte[] backup)
    {
        List<(string, byte[])> files = [];
        using TarReader reader = new(new MemoryStream(Unpack(backup)));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using MemoryStream bytes = new();
            entry.DataStream?.CopyTo(bytes);
            files.Add((entry.Name, bytes.ToArray()));
        }

        return files;
    }

    /// <summary>A backup of files.</summary>
    public static byte[] Of(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
            }
        }

        return Pack(archive.ToArray());
    }

    /// <summary>A backup with one of its files changed.</summary>
    public static byte[] With(byte[] backup, string name, string text)
        => Of(Files(backup).Select(file => file.Name == name ? (name, Encoding.UTF8.GetBytes(text)) : file));
}
