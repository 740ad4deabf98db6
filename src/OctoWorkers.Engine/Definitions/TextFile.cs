using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>A UTF-8 text file as it was read: its text, or why it has none.</summary>
/// <param name="Text">The text without a byte order mark; as far as it could be decoded when there is a problem.</param>
/// <param name="Problem">What is wrong with the text; null when nothing is.</param>
internal sealed record TextFile(string Text, string? Problem)
{
    /// <summary>Reads a file of at most <see cref="YamlLimits.FileBytes"/>.</summary>
    /// <exception cref="IOException">It cannot be read; also <see cref="UnauthorizedAccessException"/>.</exception>
    internal static async Task<TextFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
        await using (stream.ConfigureAwait(false))
        {
            // Read to the limit and no further: the length of a pipe or a device is not known ahead.
            using MemoryStream bytes = new();
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > YamlLimits.FileBytes)
                {
                    return new("", "is larger than 16 MiB");
                }
            }

            return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
    }

    /// <summary>The text of bytes.</summary>
    internal static TextFile Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return new("", "is UTF-16; convert it to UTF-8");
        }

        int mark = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        ReadOnlySpan<byte> content = bytes[mark..];
        char[] characters = new char[content.Length];
        OperationStatus status = Utf8.ToUtf16(content, characters, out int read, out int written, replaceInvalidSequences: false);
        string text = new(characters, 0, written);
        return new(text, status == OperationStatus.Done ? null : string.Create(
            CultureInfo.InvariantCulture, $"is not UTF-8: the byte 0x{content[read]:X2} at offset {mark + read} begins no character; convert it to UTF-8"));
    }

    /// <summary>Where a place of the text is, as line and column from 1.</summary>
    internal static SourceLocation Locate(string file, string text, int index)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, index);
        return new(file, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
