using System.Collections.Concurrent;

namespace OctoWorkers.Storage.Json;

/// <summary>
/// Values that were read from JSON lately, by their text. Every plan reads all workers and their pools, and they seldom change: parsing them anew
/// would be most of the work. The values are immutable.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal static class KnownTexts<T>
    where T : class
{
    // In characters: tens of thousands of workers have room in it.
    private const long Most = 8 * 1024 * 1024;
    private const int Longest = 16 * 1024;

    private static readonly ConcurrentDictionary<string, T> Known = new(StringComparer.Ordinal);
    private static long held;

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
