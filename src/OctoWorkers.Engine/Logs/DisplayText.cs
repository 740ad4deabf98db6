using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Logs;

/// <summary>
/// Text from data, made safe to show: nothing in it can move the cursor, change the terminal, or turn the direction of what follows.
/// </summary>
public static class DisplayText
{
    /// <summary>A name or a value: in quotes, with escapes, when it holds something that must not be shown as it is.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => IsSafe(text, isTabFine: false) ? text : $"\"{Escape(text, isTabFine: false)}\"";

    /// <summary>A line of output: with escapes where needed.</summary>
    /// <param name="text">The text.</param>
    public static string Line(string text) => IsSafe(text, isTabFine: true) ? text : Escape(text, isTabFine: true);

    /// <summary>Several lines.</summary>
    /// <param name="text">The text.</param>
    public static string Lines(string text)
        => IsSafe(text, isTabFine: true) ? text : string.Join('\n', text.Split('\n').Select(line => Line(line.TrimEnd('\r'))));

    private static bool IsSafe(string text, bool isTabFine)
    {
        foreach (char character in text)
        {
            if (IsDangerous(character, isTabFine))
            {
                return false;
            }
        }

        return true;
    }

    private static string Escape(string text, bool isTabFine)
    {
        StringBuilder escaped = new(text.Length + 16);
        foreach (char character in text)
        {
            _ = character switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' when !isTabFine => escaped.Append("\\t"),
                _ when IsDangerous(character, isTabFine) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    // Control characters, line and paragraph separators, and those that turn the writing direction: a name with one could show as another name.
    private static bool IsDangerous(char character, bool isTabFine)
        => character < ' ' ? character != '\t' || !isTabFine
            : character >= '\u007f' && (character <= '\u009f' || character is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069'));
}
