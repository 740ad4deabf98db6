namespace OctoWorkers.Engine.Secrets;

/// <summary>Patterns that were prepared together: by length, since the shortest of those looked for at once decides how far each look goes.</summary>
internal sealed class MaskLayer
{
    // Shorter ones are rare, and would slow down the search for all.
    private const int Usual = 8;

    private readonly List<GramFilter> filters = [];

    public MaskLayer(IReadOnlyCollection<SecretPattern> patterns)
    {
        Patterns = patterns;
        Add(patterns.Where(pattern => pattern.Bytes.Length >= Usual), 4);
        Add(patterns.Where(pattern => pattern.Bytes.Length < Usual), 3);
    }

    public IReadOnlyCollection<SecretPattern> Patterns { get; }

    public void Find(ReadOnlySpan<byte> text, bool isWhole, MaskSpans spans)
    {
        foreach (GramFilter filter in filters)
        {
            filter.Find(text, isWhole, spans);
        }
    }

    private void Add(IEnumerable<SecretPattern> patterns, int gram)
    {
        SecretPattern[] some = [.. patterns];
        if (some.Length > 0)
        {
            filters.Add(new(some, gram));
        }
    }
}
