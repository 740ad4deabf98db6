namespace OctoWorkers.Engine.Secrets;

/// <summary>Encrypts what must not be readable at rest (semantics, section 5: AES-GCM, the key in a file that only its owner can read).</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts a text. The same text twice gives two tokens.</summary>
    /// <param name="text">The text; any characters, also NUL.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/> when the key cannot be had.</exception>
    SealedText Seal(string text);

    /// <summary>Decrypts a text.</summary>
    /// <param name="text">What <see cref="Seal"/> gave.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.SecretUnreadable"/> when its key is missing, or the token was changed.
    /// </exception>
    string Open(SealedText text);
}
