namespace OctoWorkers;

/// <summary>A sensitive text as it is kept: encrypted (semantics, section 5). It holds nothing of the text itself, so it may be stored and shown.</summary>
/// <param name="Token">What the encryption wrote: <c>ow1.KEY.DATA</c>, both parts in the alphabet of URLs.</param>
public readonly record struct SealedText(string Token)
{
    /// <summary>What every token begins with.</summary>
    public const string Prefix = "ow1.";

    /// <inheritdoc/>
    public override string ToString() => Token;
}
