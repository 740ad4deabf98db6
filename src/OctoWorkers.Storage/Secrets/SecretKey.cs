using System.Security.Cryptography;
using System.Text;

namespace OctoWorkers.Storage.Secrets;

/// <summary>A key of the keyring.</summary>
/// <param name="Bytes">Its 32 bytes.</param>
/// <param name="Created">When it was made; null when nobody knows.</param>
internal sealed record SecretKey(byte[] Bytes, DateTimeOffset? Created)
{
    /// <summary>The length of a key, in bytes: AES-256.</summary>
    internal const int Length = 32;

    /// <summary>Names it in sealed texts: it follows from the key and does not lead back to it.</summary>
    internal string Id { get; } = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes("octoworkers key"), .. Bytes]).AsSpan(0, 6));

    internal static SecretKey New(DateTimeOffset now) => new(RandomNumberGenerator.GetBytes(Length), now);

    /// <summary>Reads a key given as base64.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from, for the message.</param>
    /// <param name="created">When it was made.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/>.</exception>
    internal static SecretKey Read(string text, string source, DateTimeOffset? created)
    {
        byte[] bytes = new byte[Length + 1];
        return Convert.TryFromBase64String(text.Trim(), bytes, out int written) && written == Length
            ? new(bytes[..Length], created)
            : throw new OctoWorkersException(
                EngineError.SecretUnreadable, $"The key in {source} is not {Length} bytes in base64. Give a whole key, as 'openssl rand -base64 32' makes it.", source);
    }

    // No key is printed because somebody printed the record.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Id = ").Append(Id);
        return true;
    }
}
