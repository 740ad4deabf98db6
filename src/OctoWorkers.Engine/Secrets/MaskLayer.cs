namespace OctoWorkers.Engine.Secrets;

/// <summary>Patterns that were prepared together: by length, since the shortest of those looked for at once decides how far each look goes.</summary>
internal sealed class MaskLayer
{
    private readonly List<GramFilter> filters = [];

    public MaskLayer(IReadOnlyCollection<SecretPattern> patterns)
    {
        Patterns = patterns;
        Add(patterns.Where(pattern => pattern.Bytes.Length >= 11), 4);
        Add(patterns.Where(pattern => pattern.Bytes.Length is >= 7 and < 11), 4);
        Add(patterns.Where(pattern => pattern.Bytes.Length < 7), 3);
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
