using System.Buffers;
using System.Globalization;

namespace OctoWorkers;

/// <summary>
/// Which texts can be the value of a variable: all but those with a NUL, which no shell, argument or environment can hold, and those with half of a surrogate pair,
/// which UTF-8 cannot write.
/// </summary>
public static class VariableText
{
    private static readonly SearchValues<char> NulAndSurrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(code => (char)code), '\0']);

    /// <summary>What makes a text unusable; null when nothing does. It tells the place, and nothing of the text.</summary>
    /// <param name="text">The text.</param>
    public static string? Problem(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
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

    /// <summary>Returns the value of a variable when it is usable.</summary>
    /// <param name="name">The variable's name, for the message.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it is not.</exception>
    public static string Require(string name, string value)
        => Problem(value) is { } problem
            ? throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"The value of variable '{name}' {problem}. Remove it, or give the value encoded, in base64 for instance.", name)
            : value;
}
