using System.Text;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.TestKit.Secrets;

/// <summary>Seals so that everybody can open it again, and a search for the text finds nothing. Tokens of other keys cannot be opened.</summary>
public sealed class PlainProtector : ISecretProtector
{
    private const string Begin = SealedText.Prefix + "test.";

    /// <inheritdoc/>
    public SealedText Seal(string text)
        => new($"{Begin}{Guid.NewGuid():N}{Convert.ToHexString(Encoding.Unicode.GetBytes(text))}");

    /// <inheritdoc/>
    public string Open(SealedText text)
        => text.Token.StartsWith(Begin, StringComparison.Ordinal)
            ? Encoding.Unicode.GetString(Convert.FromHexString(text.Token[(Begin.Length + 32)..]))
            : throw new OctoWorkersException(EngineError.SecretUnreadable, $"The key of '{text}' is missing.", text);
}
