using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>
/// Hashes in lower-case hexadecimal. Options in either order: how many bytes of the hash, and how the text becomes bytes (<c>utf8</c>,
/// <c>unicode</c>, <c>base64</c>).
/// </summary>
internal static class HashFilters
{
#pragma warning disable CA5350, CA5351 // Checksums of files and names are what these two are still used for.
    internal static Filter[] All { get; } =
    [
        new("Md5", input => Hash(input, MD5.HashData)),
        new("Sha1", input => Hash(input, SHA1.HashData)),
        new("Sha256", input => Hash(input, SHA256.HashData)),
        new("Sha384", input => Hash(input, SHA384.HashData)),
        new("Sha512", input => Hash(input, SHA512.HashData)),
    ];
#pragma warning restore CA5350, CA5351

    private static FilterResult Hash(FilterInput input, Func<byte[], byte[]> hash)
    {
        int? size = null;
        string? encoding = null;
        foreach (string option in input.Options)
        {
            if (size is null && int.TryParse(option, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
            {
                size = number;
            }
            else if (encoding is null && IsEncoding(option))
            {
                encoding = option;
            }
            else
            {
                return FilterResult.Fail("takes at most a number of bytes from 1 and one of utf8, unicode and base64");
            }
        }

        byte[]? bytes = encoding is null ? Encoding.UTF8.GetBytes(input.Text)
            : EncodingFilters.Named(encoding) is { } named ? named.GetBytes(input.Text)
            : EncodingFilters.Bytes(input.Text);
        if (bytes is null)
        {
            return FilterResult.Fail("was given something that is no Base64");
        }

        byte[] hashed = hash(bytes);
        return Convert.ToHexStringLower(hashed, 0, Math.Min(size ?? hashed.Length, hashed.Length));
    }

    private static bool IsEncoding(string option)
        => EncodingFilters.Named(option) is not null || option.Equals("base64", StringComparison.OrdinalIgnoreCase);
}
