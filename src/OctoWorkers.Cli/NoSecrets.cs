using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Cli;

/// <summary>Stands where there is no key: nothing can be encrypted, and nothing is kept in the clear instead.</summary>
internal sealed class NoSecrets : ISecretProtector
{
    public SealedText Seal(string text) => throw Missing();

    public string Open(SealedText text) => throw Missing();

    private static OctoWorkersException Missing()
        => new(EngineError.SecretUnreadable, "There is no key to encrypt or decrypt secrets with. Restore the key of this store.");
}
