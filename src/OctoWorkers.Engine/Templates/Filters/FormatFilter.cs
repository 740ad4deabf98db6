using System.Globalization;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>
/// <c>Format</c>: a format of .NET, after the kind of the value where it must be said. Without a kind the value is a number, or else a date.
/// </summary>
internal static class FormatFilter
{
    internal static FilterResult Apply(FilterInput input) => input.Options switch
    {
        [var format] => Number(input.Text, format) ?? Date(input.Text, format) ?? FilterResult.Fail("was given something that is neither a number nor a date"),
        [var kind, var format] => OfKind(kind.ToUpperInvariant(), input.Text, format),
        [] => TextFilters.NoOption,
        _ => TextFilters.TooManyOptions,
    };

    /// <summary>A value in a format.</summary>
    internal static FilterResult Format(IFormattable value, string format)
    {
        // N999999999 would make a text of a thousand million digits.
        if (format.Length > 4 && char.IsAsciiLetter(format[0]) && !format.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
        {
            return FilterResult.Fail("has a format with a precision above 999");
        }

        try
        {
            return value.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return FilterResult.Fail("has a format that does not fit the value");
        }
        catch (ArgumentOutOfRangeException)
        {
            return FilterResult.Fail("leads to a date outside of the years 1 to 9999");
        }
    }

    private static FilterResult OfKind(string kind, string text, string format)
    {
        FilterResult? found = kind switch
        {
            "INT" or "INT32" => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? Format(number, format) : default(FilterResult?),
            "LONG" or "INT64" => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? Format(number, format) : default(FilterResult?),
            "DOUBLE" => double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double number) ? Format(number, format) : default(FilterResult?),
            "DECIMAL" => Number(text, format),
            "DATE" or "DATETIME" => Date(text, format),
            "DATETIMEOFFSET" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset date) ? Format(date, format) : default(FilterResult?),
            _ => FilterResult.Fail("knows the kinds Int32, Int64, Double, Decimal, Date, DateTime and DateTimeOffset"),
        };
        return found ?? FilterResult.Fail("was given something that is not of the kind that it names");
    }

    private static FilterResult? Number(string text, string format)
        => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? Format(number, format) : default(FilterResult?);

    private static FilterResult? Date(string text, string format)
        => !DateFilters.TryRead(text, out DateTime date, out TimeSpan? offset) ? default(FilterResult?)
            : Format(offset is { } known ? new DateTimeOffset(date, known) : date, format);
}
