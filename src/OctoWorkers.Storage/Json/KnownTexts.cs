using System.Collections.Concurrent;

namespace OctoWorkers.Storage.Json;

/// <summary>
/// Values that were read from JSON lately, by their text. Every plan reads all workers and their pools, every completion all runbooks, and they seldom change:
/// parsing them anew would be most of the work. The values are immutable.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal static class KnownTexts<T>
    where T : class
{
    private const int Longest = 256 * 1024;

    /// <summary>In characters, all texts together; with their values they take some ten times that in bytes.</summary>
    private const long Most = 2 * 1024 * 1024;

    private static readonly ConcurrentDictionary<string, T> Known = new(StringComparer.Ordinal);
    private static long length;

    /// <summary>The value of a text, parsed when it is not known.</summary>
    internal static T Read(string text, Func<string, T> parse)
    {
        if (Known.TryGetValue(text, out T? known))
        {
            return known;
        }

        T value = parse(text);
        if (text.Length <= Longest && Known.TryAdd(text, value) && Interlocked.Add(ref length, text.Length) > Most)
        {
            Interlocked.Exchange(ref length, 0);
            Known.Clear();
        }

        return value;
    }
}
