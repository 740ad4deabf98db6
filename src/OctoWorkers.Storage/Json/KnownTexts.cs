using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace OctoWorkers.Storage.Json;

/// <summary>
/// Values that were read from JSON lately, by their text. Every plan reads all workers and their pools, every completion all runbooks, and they seldom change:
/// parsing them anew would be most of the work. The values are immutable.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal static class KnownTexts<T>
    where T : class
{
    /// <summary>In characters, all texts together: tens of thousands of workers have room in it. With their values they take some ten times that in bytes.</summary>
    private const long Most = 4 * 1024 * 1024;

    private const int Longest = 256 * 1024;

    private static readonly ConcurrentDictionary<string, T> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> KnownSpans = Known.GetAlternateLookup<ReadOnlySpan<char>>();
    private static long held;

    /// <summary>The same, of a text in UTF-8: one that is known is not even made a string.</summary>
    internal static T Read(ReadOnlySpan<byte> utf8, Func<string, T> parse)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(utf8.Length));
        try
        {
            ReadOnlySpan<char> text = buffer.AsSpan(0, Encoding.UTF8.GetChars(utf8, buffer));
            return KnownSpans.TryGetValue(text, out T? known) ? known : Read(text.ToString(), parse);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>The value of a text, parsed when it is not known.</summary>
    internal static T Read(string text, Func<string, T> parse)
    {
        if (Known.TryGetValue(text, out T? known))
        {
            return known;
        }

        T value = parse(text);
        if (text.Length <= Longest && Known.TryAdd(text, value) && Interlocked.Add(ref held, text.Length) > Most)
        {
            Known.Clear();
            Interlocked.Exchange(ref held, 0);
        }

        return value;
    }
}
