using System.Globalization;
using System.Text;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>Filters that make a text fit into a file of some format.</summary>
internal static class EscapeFilters
{
    internal static Filter[] All { get; } =
    [
        // The word null is what a value of nothing became: it is nothing in these formats.
        new("HtmlEscape", TextFilters.WithoutOptions(text => text == "null" ? "" : Escape(text, Html))),
        new("XmlEscape", TextFilters.WithoutOptions(text => text == "null" ? "" : Escape(text, Xml))),
        new("YamlSingleQuoteEscape", TextFilters.WithoutOptions(text => text == "null" ? "" : YamlSingleQuote(text))),
        new("YamlDoubleQuoteEscape", TextFilters.WithoutOptions(text => text == "null" ? "" : Escape(text, YamlDoubleQuote))),
        new("JsonEscape", TextFilters.WithoutOptions(text => Escape(text, Json))),
        new("PropertiesKeyEscape", TextFilters.WithoutOptions(text => Escape(text, PropertiesKey))),
        new("PropertiesValueEscape", TextFilters.WithoutOptions(PropertiesValue)),
    ];

    // How a character is written, or null for as it is.
    private static string Escape(string text, Func<char, string?> written)
    {
        StringBuilder? escaped = null;
        for (int i = 0; i < text.Length; i++)
        {
            string? instead = written(text[i]);
            if (instead is not null)
            {
                escaped ??= new StringBuilder(text.Length + 16).Append(text, 0, i);
                escaped.Append(instead);
            }
            else
            {
                escaped?.Append(text[i]);
            }
        }

        return escaped?.ToString() ?? text;
    }

    private static string? Html(char c) => c == '/' ? "&#x2F;" : Xml(c);

    private static string? Xml(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&apos;",
        _ => null,
    };

    private static string? Json(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => LineOrTab(c) ?? (c < ' ' ? Unicode(c) : null),
    };

    private static string? YamlDoubleQuote(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        _ => LineOrTab(c) ?? (c is < ' ' or > '~' ? Unicode(c) : null),
    };

    private static string? PropertiesKey(char c) => c switch
    {
        ' ' => "\\ ",
        ':' => "\\:",
        '=' => "\\=",
        _ => PropertiesCharacter(c),
    };

    // Java reads these files as Latin-1.
    private static string? PropertiesCharacter(char c) => c switch
    {
        '\\' => "\\\\",
        _ => LineOrTab(c) ?? (c is < ' ' or (> '~' and < '\u00A0') or > '\u00FF' ? Unicode(c) : null),
    };

    // Space at the beginning would be taken for a part of the separator.
    private static string PropertiesValue(string text)
        => text.StartsWith(' ') ? "\\ " + Escape(text[1..], PropertiesCharacter) : Escape(text, PropertiesCharacter);

    private static string? LineOrTab(char c) => c switch { '\r' => "\\r", '\n' => "\\n", '\t' => "\\t", _ => null };

    private static string Unicode(char c) => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture);

    // YAML folds n line breaks in a row into n - 1, one alone into a space: each row gets one more.
    private static string YamlSingleQuote(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        bool isAfterBreak = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isPair = c == '\r' && i + 1 < text.Length && text[i + 1] == '\n';
            if (isPair || c == '\n')
            {
                string lineBreak = isPair ? "\r\n" : "\n";
                escaped.Append(isAfterBreak ? "" : lineBreak).Append(lineBreak);
                isAfterBreak = true;
                i += isPair ? 1 : 0;
                continue;
            }

            isAfterBreak = false;
            escaped.Append(c == '\'' ? "''" : c.ToString());
        }

        return escaped.ToString();
    }
}
