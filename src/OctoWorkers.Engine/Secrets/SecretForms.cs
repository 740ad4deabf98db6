using System.Text;

namespace OctoWorkers.Engine.Secrets;

/// <summary>
/// The forms in which a secret is found in a log (semantics, section 5): as it is, as part of an address, as a JSON text, and in base64.
/// A secret of several lines is found line by line.
/// </summary>
internal static class SecretForms
{
    /// <summary>The most characters of a value that cannot be masked.</summary>
    public const int TooShort = 3;

    // The lines of a long list would otherwise become ten times as many patterns, of which nobody has seen one.
    private const int MostLinesInAllForms = 200;

    /// <summary>Whether a value can be masked at all.</summary>
    public static bool CanMask(string value) => value.Length > TooShort && !string.IsNullOrWhiteSpace(value);

    /// <summary>The patterns of a value; none when it cannot be masked.</summary>
    public static IReadOnlyCollection<SecretPattern> Of(string value)
    {
        PatternSet patterns = new();
        if (CanMask(value))
        {
            // Interpreters drop the spaces around a value, and what cannot be in a variable.
            Add(patterns, value, inAllForms: true);
            Add(patterns, value.Trim(), inAllForms: true);
            Add(patterns, value.Replace("\0", "", StringComparison.Ordinal), inAllForms: true);
            string[] lines = value.Split('\n', '\r');
            foreach (string line in lines.Length > 1 ? lines : [])
            {
                Add(patterns, line.Trim(), lines.Length <= MostLinesInAllForms);
            }
        }

        return patterns.All;
    }

    private static void Add(PatternSet patterns, string value, bool inAllForms)
    {
        if (!CanMask(value))
        {
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(value);
        patterns.Add(bytes);
        if (inAllForms)
        {
            foreach (byte[] form in UrlForms.Of(bytes).Concat(JsonForms.Of(value)))
            {
                patterns.Add(form);
            }

            foreach (SecretPattern form in Base64Forms.Of(bytes))
            {
                patterns.Add(form);
            }
        }
    }
}
