using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Definitions;

/// <summary>How text that was found in a file is shown in a message: on one line, and not too long.</summary>
internal static class FoundText
{
    private const int MostShown = 60;

    /// <summary>The text in single quotes, cut after 60 characters, with control characters as escapes.</summary>
    internal static string Quote(string text)
    {
        StringBuilder shown = new("'");
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (length++ == MostShown)
            {
                shown.Append('…');
                break;
            }

            switch (rune.Value)
            {
                case '\n':
                    shown.Append("\\n");
                    break;
                case '\r':
                    shown.Append("\\r");
                    break;
                case '\t':
                    shown.Append("\\t");
                    break;
                default:
                    if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                    {
                        shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
                    }
                    else
                    {
                        shown.Append(rune);
                    }

                    break;
            }
        }

        return shown.Append('\'').ToString();
    }
}
