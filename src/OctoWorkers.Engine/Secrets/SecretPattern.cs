namespace OctoWorkers.Engine.Secrets;

/// <summary>Bytes that give a secret away where they appear.</summary>
/// <param name="Bytes">The bytes, at least <see cref="MinLength"/> and at most <see cref="MaxLength"/>, none of them a line feed.</param>
/// <param name="SharesFirst">Whether the character of base64 before them holds bits of the secret too.</param>
/// <param name="SharesLast">Whether the character of base64 after them, and the padding, do.</param>
internal sealed record SecretPattern(byte[] Bytes, bool SharesFirst = false, bool SharesLast = false)
{
    /// <summary>Shorter ones would mask half of every log.</summary>
    public const int MinLength = 4;

    /// <summary>A longer form is searched for in parts, so that no more than this is ever held back.</summary>
    public const int MaxLength = 1024;
}
