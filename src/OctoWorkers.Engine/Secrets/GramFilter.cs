using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OctoWorkers.Engine.Secrets;

/// <summary>
/// Finds many patterns of about the same length at once. Each occurrence of a pattern holds at least one of the text's grams (a few bytes) that stand at every
/// n-th place, so only those are looked up: in a table of bits that fits the processor's nearest memory, and, rarely, in a table of grams.
/// </summary>
internal sealed class GramFilter
{
    private const int MaxStride = 8;
    private const uint Multiplier = 2654435769;

    private readonly SecretPattern[] patterns;
    private readonly int gram;
    private readonly uint mask;
    private readonly int stride;
    private readonly int shift;
    private readonly ulong[] bits;
    private readonly Dictionary<uint, (int Pattern, int Offset)[]> places;

    /// <param name="patterns">The patterns, at least one.</param>
    /// <param name="gram">How many bytes are looked up at once: 3 or 4, at most as many as the shortest pattern has.</param>
    public GramFilter(IEnumerable<SecretPattern> patterns, int gram)
    {
        this.patterns = [.. patterns];
        this.gram = gram;
        mask = gram == 4 ? uint.MaxValue : 0xFFFFFF;
        stride = Math.Min(MaxStride, this.patterns.Min(pattern => pattern.Bytes.Length) - gram + 1);
        int size = Math.Clamp((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(this.patterns.Length * stride * 16)), 1 << 12, 1 << 20);
        bits = new ulong[size / 64];
        shift = 32 - System.Numerics.BitOperations.Log2((uint)bits.Length);
        Dictionary<uint, List<(int, int)>> found = [];
        for (int index = 0; index < this.patterns.Length; index++)
        {
            for (int offset = 0; offset < stride; offset++)
            {
                uint value = Gram(this.patterns[index].Bytes, offset);
                uint hash = value * Multiplier;
                bits[hash >> shift] |= Marks(hash);
                ref List<(int, int)>? list = ref CollectionsMarshal.GetValueRefOrAddDefault(found, value, out _);
                (list ??= []).Add((index, offset));
            }
        }

        places = found.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    /// <summary>Adds the occurrences in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWhole">Whether nothing comes after it.</param>
    /// <param name="spans">Gets them.</param>
    public void Find(ReadOnlySpan<byte> text, bool isWhole, MaskSpans spans)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        ref ulong table = ref MemoryMarshal.GetArrayDataReference(bits);
        int step = stride;
        int right = shift;
        uint wanted = mask;
        int place = 0;
        for (int last = text.Length - 4; place <= last; place += step)
        {
            uint value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, place)) & wanted;
            uint hash = value * Multiplier;
            ulong marks = Marks(hash);
            if ((Unsafe.Add(ref table, hash >> right) & marks) == marks)
            {
                Confirm(text, place, value, isWhole, spans);
            }
        }

        if (gram == 3 && place == text.Length - 3)
        {
            Confirm(text, place, Gram(text, place), isWhole, spans);
        }

        if (!isWhole)
        {
            // What begins so late need not hold a gram that was looked up.
            spans.AddPending(text.Length - stride - gram + 1);
        }
    }

    private uint Gram(ReadOnlySpan<byte> text, int place)
        => (text[place] | ((uint)text[place + 1] << 8) | ((uint)text[place + 2] << 16) | (gram == 4 ? (uint)text[place + 3] << 24 : 0)) & mask;

    // Two bits of one word: both are rarely there by chance.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Marks(uint hash) => (1UL << (int)(hash & 63)) | (1UL << (int)((hash >> 8) & 63));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Confirm(ReadOnlySpan<byte> text, int place, uint value, bool isWhole, MaskSpans spans)
    {
        if (!places.TryGetValue(value, out (int Pattern, int Offset)[]? candidates))
        {
            return;
        }

        foreach ((int index, int offset) in candidates)
        {
            SecretPattern pattern = patterns[index];
            int start = place - offset;
            int end = start + pattern.Bytes.Length;
            if (start < 0 || spans.Covers(start, end))
            {
                continue;
            }

            if (end > text.Length)
            {
                if (!isWhole && text[start..].SequenceEqual(pattern.Bytes.AsSpan(0, text.Length - start)))
                {
                    spans.AddPending(start - 1);
                }
            }
            else if (text[start..end].SequenceEqual(pattern.Bytes))
            {
                Take(text, pattern, start, end, isWhole, spans);
            }
        }
    }

    private static void Take(ReadOnlySpan<byte> text, SecretPattern pattern, int start, int end, bool isWhole, MaskSpans spans)
    {
        if (pattern.SharesFirst && start > 0 && Base64Forms.IsDigit(text[start - 1]))
        {
            start--;
        }

        if (pattern.SharesLast)
        {
            if (!isWhole && end + 3 > text.Length)
            {
                spans.AddPending(start);
            }

            end += end < text.Length && Base64Forms.IsDigit(text[end]) ? 1 : 0;
            for (int padding = 0; padding < 2 && end < text.Length && text[end] == (byte)'='; padding++)
            {
                end++;
            }
        }

        spans.Add(start, end);
    }
}
