using System.Globalization;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>Dates, and formats of numbers and dates. The culture is the invariant one.</summary>
internal static class DateFilters
{
    internal static Filter[] All { get; } =
    [
        new("NowDate", input => Now(input, isUtc: false)) { TakesNothing = true },
        new("NowDateUtc", input => Now(input, isUtc: true)) { TakesNothing = true },
        new("AddHours", input => Add(input, 60)),
        new("AddDays", input => Add(input, 24 * 60)),
        new("Format", FormatFilter.Apply),
    ];

    /// <summary>Reads a date. It has an offset only when the text has one.</summary>
    internal static bool TryRead(string text, out DateTime date, out TimeSpan? offset)
    {
        offset = null;
        bool isDate = DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out date);
        if (isDate && date.Kind != DateTimeKind.Unspecified
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact))
        {
            offset = exact.Offset;
            date = exact.DateTime;
        }

        return isDate;
    }

    private static FilterResult Now(FilterInput input, bool isUtc)
    {
        if (input.Options.Count > 1)
        {
            return TextFilters.TooManyOptions;
        }

        DateTimeOffset utc = input.Session.Time.GetUtcNow();
        DateTime now = isUtc ? utc.UtcDateTime : input.Session.Time.GetLocalNow().DateTime;
        return FormatFilter.Format(now, input.Options.Count == 1 ? input.Options[0] : "O");
    }

    private static FilterResult Add(FilterInput input, double minutes)
    {
        if (input.Options is not [var option])
        {
            return input.Options.Count == 0 ? TextFilters.NoOption : TextFilters.TooManyOptions;
        }

        if (!double.TryParse(option, NumberStyles.Float, CultureInfo.InvariantCulture, out double amount))
        {
            return FilterResult.Fail("has an option that is no number");
        }

        if (!TryRead(input.Text, out DateTime date, out TimeSpan? offset))
        {
            return FilterResult.Fail("was given something that is no date");
        }

        try
        {
            DateTime moved = date.AddMinutes(amount * minutes);
            return offset is not { } known ? moved.ToString("O", CultureInfo.InvariantCulture)
                : known == TimeSpan.Zero && input.Text.TrimEnd().EndsWith('Z') ? DateTime.SpecifyKind(moved, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture)
                : new DateTimeOffset(moved, known).ToString("O", CultureInfo.InvariantCulture);
        }
        catch (ArgumentException)
        {
            return FilterResult.Fail("leads to a date outside of the years 1 to 9999");
        }
    }
}
