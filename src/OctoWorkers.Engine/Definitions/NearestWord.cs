namespace OctoWorkers.Engine.Definitions;

/// <summary>
/// Finds the word that somebody probably meant: the one with the fewest edits (a character added, left out or replaced, two neighbours swapped;
/// letter case does not count), provided that these are at most a third of the longer word's characters, and at least one is allowed.
/// </summary>
public static class NearestWord
{
    private const int LongestWord = 100;

    /// <summary>The nearest word.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    /// <returns>The nearest candidate, the first of several that are equally near; null when none is near enough.</returns>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int allowed = Math.Max(1, Math.Max(word.Length, candidate.Length) / 3);
            if (candidate.Length is 0 or > LongestWord || Math.Abs(candidate.Length - word.Length) > allowed)
            {
                continue;
            }

            int edits = Distance(word, candidate);
            if (edits <= allowed && edits < fewest && edits < Math.Max(word.Length, candidate.Length))
            {
                (nearest, fewest) = (candidate, edits);
            }
        }

        return nearest;
    }

    /// <summary>The end of an error message: <c>; did you mean 'word'?</c>, or nothing when no word is near enough.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    public static string Hint(string word, IEnumerable<string> candidates)
        => Find(word, candidates) is { } nearest ? $"; did you mean {FoundText.Quote(nearest)}?" : "";

    /// <summary>The number of edits between two words, without regard to letter case (optimal string alignment).</summary>
    /// <param name="first">One word.</param>
    /// <param name="second">The other.</param>
    public static int Distance(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        int[] beforeLast = new int[second.Length + 1];
        int[] last = [.. Enumerable.Range(0, second.Length + 1)];
        int[] current = new int[second.Length + 1];
        for (int i = 1; i <= first.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int replace = last[j - 1] + (Same(first[i - 1], second[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(first[i - 1], second[j - 2]) && Same(first[i - 2], second[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[second.Length];
    }

    private static bool Same(char first, char second) => char.ToUpperInvariant(first) == char.ToUpperInvariant(second);
}
