using System.Buffers;
using System.Text;

namespace OctoWorkers.Engine.Logs;

/// <summary>What a script says to the engine within its output: <c>##octopus[name attribute='BASE64' …]</c> (semantics, section 6).</summary>
internal sealed class ServiceMessage
{
    /// <summary>The longest message, from its first to its last character.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "setVariable", "createArtifact", "resultMessage", "progress", "mask",
        "stdout-verbose", "stdout-default", "stdout-warning", "stdout-error", "stdout-highlight", "stdout-wait", "stdout-ignore",
        "stderr-default", "stderr-ignore", "stderr-error", "stderr-progress",
    };

    private readonly Dictionary<string, string> attributes = new(StringComparer.OrdinalIgnoreCase);

    private ServiceMessage(string name) => Name = name;

    /// <summary>How each begins.</summary>
    public static ReadOnlySpan<byte> Marker => "##octopus["u8;

    public string Name { get; }

    /// <summary>Where a marker may have begun at the end of an unfinished line; its length when none has.</summary>
    public static int MayBegin(ReadOnlySpan<byte> line)
    {
        for (int length = Marker.Length - 1; length > 0; length--)
        {
            if (line.EndsWith(Marker[..length]))
            {
                return line.Length - length;
            }
        }

        return line.Length;
    }

    /// <summary>The name of a message; null when there is none of that name, and what looked like one is text.</summary>
    /// <param name="content">What stands between the brackets.</param>
    public static string? NameOf(ReadOnlySpan<byte> content)
    {
        int end = content.IndexOf((byte)' ');
        ReadOnlySpan<byte> name = end < 0 ? content : content[..end];
        return name.Length < 32 && Names.TryGetValue(Encoding.UTF8.GetString(name), out string? known) ? known : null;
    }

    /// <summary>Reads a message.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">What stands between the brackets.</param>
    /// <exception cref="FormatException">It cannot be read; the message says why.</exception>
    public static ServiceMessage Read(string name, ReadOnlySpan<byte> content)
    {
        ServiceMessage message = new(name);
        ReadOnlySpan<byte> rest = content[name.Length..].Trim((byte)' ');
        while (!rest.IsEmpty)
        {
            int equals = rest.IndexOf("='"u8);
            int length = equals < 0 ? -1 : rest[(equals + 2)..].IndexOf((byte)'\'');
            if (length < 0)
            {
                throw new FormatException("an attribute has no value between quotes");
            }

            string attribute = Encoding.UTF8.GetString(rest[..equals]);
            message.attributes[attribute] = Decode(attribute, rest.Slice(equals + 2, length));
            rest = rest[(equals + length + 3)..].TrimStart((byte)' ');
        }

        return message;
    }

    /// <summary>An attribute; null when it is not there.</summary>
    public string? Find(string attribute) => attributes.GetValueOrDefault(attribute);

    /// <summary>An attribute.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public string Get(string attribute) => Find(attribute) ?? throw new FormatException($"the attribute '{attribute}' is missing");

    private static string Decode(string attribute, ReadOnlySpan<byte> encoded)
    {
        byte[] bytes = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        return System.Buffers.Text.Base64.DecodeFromUtf8(encoded, bytes, out _, out int written) == OperationStatus.Done
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, written))
            : throw new FormatException($"the value of '{(attribute.Length <= 40 ? attribute : attribute[..40])}' is not base64");
    }
}
