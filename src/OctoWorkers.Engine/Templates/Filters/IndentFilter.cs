using System.Globalization;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>
/// <c>Indent</c>: four spaces, or as one option says: <c>2</c> for two spaces, <c>/3</c> for three on all lines but the first, <c>4/2</c>
/// for both, any other text for itself; or two texts for the first line and the others.
/// </summary>
internal static class IndentFilter
{
    internal static FilterResult Apply(FilterInput input)
    {
        if (input.Options.Count > 2)
        {
            return TextFilters.TooManyOptions;
        }

        (string first, string others) = input.Options switch
        {
            [] => (Spaces(4), Spaces(4)),
            [var one] => Sizes(one) ?? (one, one),
            _ => (input.Options[0], input.Options[1]),
        };
        string text = input.Text;
        if (text.Length == 0)
        {
            return "";
        }

        input.Session.Spend((long)others.Length * text.AsSpan().Count('\n'));
        return first + text.Replace("\n", "\n" + others, StringComparison.Ordinal);
    }

    private static (string First, string Others)? Sizes(string option)
    {
        int slash = option.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return Size(option) is { } both ? (Spaces(both), Spaces(both)) : null;
        }

        int? first = slash == 0 ? 0 : Size(option[..slash]);
        int? others = Size(option[(slash + 1)..]);
        return first is { } size && others is { } otherSize ? (Spaces(size), Spaces(otherSize)) : null;
    }

    // At most 255 are sizes; what is larger is a text.
    private static byte? Size(string text) => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte size) ? size : null;

    private static string Spaces(int count) => new(' ', count);
}
