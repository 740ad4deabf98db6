using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OctoWorkers.Storage.Secrets;

/// <summary>The form of a sealed text: <c>ow1.KEYID.</c> and, in the alphabet of URLs, nonce, ciphertext and tag of AES-GCM. The key's id is authenticated too.</summary>
internal static class SealedFormat
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // What the encrypted bytes are: the first of them says it.
    private const byte IsUtf8 = 0;
    private const byte IsUtf16 = 1;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    internal static SealedText Seal(string text, SecretKey key)
    {
        byte[] plain = Encode(text);
        byte[] data = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(data.AsSpan(0, NonceLength));
        using AesGcm cipher = new(key.Bytes, TagLength);
        cipher.Encrypt(
            data.AsSpan(0, NonceLength), plain, data.AsSpan(NonceLength, plain.Length), data.AsSpan(NonceLength + plain.Length), Associated(key.Id));
        CryptographicOperations.ZeroMemory(plain);
        return new($"{SealedText.Prefix}{key.Id}.{Base64Url.EncodeToString(data)}");
    }

    /// <summary>The id of the key that a token names; null when it is no token.</summary>
    internal static string? KeyOf(SealedText text)
        => text.Token?.Split('.') is ["ow1", { Length: > 0 } key, _] ? key : null;

    /// <exception cref="CryptographicException">It was changed, or another key sealed it.</exception>
    internal static string Open(SealedText text, SecretKey key)
    {
        byte[] data;
        try
        {
            data = Base64Url.DecodeFromChars(text.Token.AsSpan(text.Token.LastIndexOf('.') + 1));
        }
        catch (FormatException e)
        {
            throw new CryptographicException("It is not in the alphabet of URLs.", e);
        }

        if (data.Length <= NonceLength + TagLength)
        {
            throw new CryptographicException("It is too short.");
        }

        byte[] plain = new byte[data.Length - NonceLength - TagLength];
        using AesGcm cipher = new(key.Bytes, TagLength);
        cipher.Decrypt(data.AsSpan(0, NonceLength), data.AsSpan(NonceLength, plain.Length), data.AsSpan(NonceLength + plain.Length), plain, Associated(key.Id));
        string opened = plain[0] == IsUtf8 ? Encoding.UTF8.GetString(plain.AsSpan(1)) : new string(MemoryMarshal.Cast<byte, char>(plain.AsSpan(1)));
        CryptographicOperations.ZeroMemory(plain);
        return opened;
    }

    private static byte[] Associated(string key) => Encoding.ASCII.GetBytes(SealedText.Prefix + key);

    // A text that is no valid UTF-16 has no form in UTF-8.
    private static byte[] Encode(string text)
    {
        try
        {
            byte[] plain = new byte[1 + Strict.GetByteCount(text)];
            plain[0] = IsUtf8;
            Strict.GetBytes(text, plain.AsSpan(1));
            return plain;
        }
        catch (EncoderFallbackException)
        {
            return [IsUtf16, .. MemoryMarshal.AsBytes(text.AsSpan())];
        }
    }
}
