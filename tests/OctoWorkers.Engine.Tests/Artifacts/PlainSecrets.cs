using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Tests.Artifacts;

/// <summary>A protector that hides nothing.</summary>
internal sealed class PlainSecrets : ISecretProtector
{
    public SealedText Seal(string text) => new(text);

    public string Open(SealedText text) => text.Token;
}
