using System.Buffers;
using System.Text;

namespace OctoWorkers.Engine.Secrets;

/// <summary>
/// Finds secrets in texts and puts <see cref="Mask"/> in their place, in every form of <see cref="SecretForms"/>. Immutable: any thread may use it while others
/// use one with more secrets. Occurrences that overlap or touch become one mask.
/// </summary>
internal sealed class SecretMasker
{
    /// <summary>Knows no secret.</summary>
    public static readonly SecretMasker None = new([]);

    // Each is larger than the next: adding a secret prepares few others again, and few layers are searched.
    private readonly MaskLayer[] layers;

    private SecretMasker(MaskLayer[] layers) => this.layers = layers;

    /// <summary>What stands in a secret's place.</summary>
    public static ReadOnlySpan<byte> Mask => "********"u8;

    public bool IsEmpty => layers.Length == 0;

    /// <summary>One that knows more secrets.</summary>
    /// <param name="values">Values; those that cannot be masked are left out.</param>
    public SecretMasker With(IEnumerable<string> values)
    {
        IReadOnlyCollection<SecretPattern> added = [.. values.SelectMany(SecretForms.Of)];
        if (added.Count == 0)
        {
            return this;
        }

        List<MaskLayer> kept = [.. layers];
        PatternSet patterns = new();
        AddAll(added);
        while (kept.Count > 0 && kept[^1].Patterns.Count <= patterns.All.Count)
        {
            AddAll(kept[^1].Patterns);
            kept.RemoveAt(kept.Count - 1);
        }

        return new([.. kept, new MaskLayer(patterns.All)]);

        void AddAll(IEnumerable<SecretPattern> some)
        {
            foreach (SecretPattern pattern in some)
            {
                patterns.Add(pattern);
            }
        }
    }

    /// <summary>Finds secrets.</summary>
    /// <param name="text">A text that begins where no secret is under way.</param>
    /// <param name="isWhole">Whether nothing comes after it.</param>
    /// <param name="spans">Gets where they are, in order, and what may become one.</param>
    public void Find(ReadOnlySpan<byte> text, bool isWhole, MaskSpans spans)
    {
        spans.Clear(text.Length);
        AddTo(text, isWhole, spans);
    }

    /// <summary>Finds secrets in a text whose beginning is known to be part of one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">How many bytes at its beginning are.</param>
    /// <param name="isWhole">Whether nothing comes after it.</param>
    /// <param name="spans">Gets where they are; the known one is the first.</param>
    public void Find(ReadOnlySpan<byte> text, int known, bool isWhole, MaskSpans spans)
    {
        spans.Clear(text.Length);
        if (known > 0)
        {
            spans.Add(0, Math.Min(known, text.Length));
        }

        AddTo(text, isWhole, spans);
    }

    /// <summary>Whether a text holds a secret.</summary>
    public bool Finds(string text)
    {
        if (IsEmpty)
        {
            return false;
        }

        MaskSpans spans = new();
        Find(Encoding.UTF8.GetBytes(text), isWhole: true, spans);
        return spans.Count > 0;
    }

    /// <summary>A text without its secrets; itself when it has none.</summary>
    public string Apply(string text)
    {
        if (IsEmpty || text.Length < SecretPattern.MinLength)
        {
            return text;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        MaskSpans spans = new();
        Find(bytes, isWhole: true, spans);
        if (spans.Count == 0)
        {
            return text;
        }

        ArrayBufferWriter<byte> masked = new(bytes.Length);
        Write(bytes, spans, masked);
        return Encoding.UTF8.GetString(masked.WrittenSpan);
    }

    /// <summary>Writes a text with the mask in place of the spans found in it.</summary>
    public static void Write(ReadOnlySpan<byte> text, MaskSpans spans, ArrayBufferWriter<byte> into)
    {
        int place = 0;
        for (int index = 0; index < spans.Count; index++)
        {
            (int start, int end) = spans[index];
            into.Write(text[place..start]);
            into.Write(Mask);
            place = end;
        }

        into.Write(text[place..]);
    }

    private void AddTo(ReadOnlySpan<byte> text, bool isWhole, MaskSpans spans)
    {
        foreach (MaskLayer layer in layers)
        {
            layer.Find(text, isWhole, spans);
        }

        spans.Join();
    }
}
