using System.Buffers;
using System.Globalization;

namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>A text, as written.</summary>
/// <param name="location">Where it begins.</param>
/// <param name="text">The text.</param>
/// <param name="isPlain">Whether it stands without quotes, so that it may be a null, a boolean or a number.</param>
internal sealed class YamlScalar(SourceLocation location, string text, bool isPlain) : YamlNode(location)
{
    private static readonly SearchValues<char> NulAndSurrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(code => (char)code), '\0']);

    internal string Text { get; } = text;

    internal bool IsPlain { get; } = isPlain;

    /// <summary>What makes the text unusable anywhere; null when nothing does. Kept, because aliases may ask for it thousands of times.</summary>
    internal string? Problem { get; } = FindProblem(text);

    internal override bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    internal override string Found => IsNull ? "nothing" : FoundText.Quote(Text);

    internal override int Height => 1;

    internal override long Nodes => 1;

    internal override long Characters => Text.Length;

    /// <summary>What makes a text unusable as a name, an argument or a script; null when nothing does.</summary>
    internal static string? FindProblem(string text)
    {
        for (int i = 0; ;)
        {
            int next = text.AsSpan(i).IndexOfAny(NulAndSurrogates);
            if (next < 0)
            {
                return null;
            }

            i += next;
            if (text[i] == '\0')
            {
                return string.Create(CultureInfo.InvariantCulture, $"holds a NUL character (its character {i + 1}), which no name, argument or script can hold");
            }

            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return string.Create(CultureInfo.InvariantCulture, $"holds half of a surrogate pair (its character {i + 1})");
            }

            i += 2;
        }
    }
}
