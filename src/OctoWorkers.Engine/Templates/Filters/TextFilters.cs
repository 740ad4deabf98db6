using System.Globalization;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>Filters that change a text as such.</summary>
internal static class TextFilters
{
    internal static Filter[] All { get; } =
    [
        new("ToLower", WithoutOptions(text => text.ToLowerInvariant())),
        new("ToUpper", WithoutOptions(text => text.ToUpperInvariant())),
        new("Trim", Trim),
        new("Truncate", Truncate),
        new("Substring", Substring),
        new("Indent", IndentFilter.Apply),
        new("Append", input => input.Options.Count == 0 ? NoOption : input.Value + string.Concat(input.Options)) { TakesNothing = true },
        new("Prepend", input => input.Options.Count == 0 ? NoOption : string.Concat(input.Options) + input.Value) { TakesNothing = true },
        new("Replace", Replace),
        new("Null", input => input.Options.Count == 0 ? "null" : TooManyOptions) { TakesNothing = true },
    ];

    internal static FilterResult NoOption { get; } = FilterResult.Fail("needs an option");

    internal static FilterResult TooManyOptions { get; } = FilterResult.Fail("has more options than it takes");

    private static FilterResult NotALength { get; } = FilterResult.Fail("has an option that is no number from 0, or is beyond the end of the text");

    /// <summary>A filter that takes no options.</summary>
    internal static Func<FilterInput, FilterResult> WithoutOptions(Func<string, string> change)
        => input => input.Options.Count == 0 ? change(input.Text) : TooManyOptions;

    private static FilterResult Trim(FilterInput input) => input.Options switch
    {
        [] => input.Text.Trim(),
        [var side] when side.Equals("start", StringComparison.OrdinalIgnoreCase) => input.Text.TrimStart(),
        [var side] when side.Equals("end", StringComparison.OrdinalIgnoreCase) => input.Text.TrimEnd(),
        _ => FilterResult.Fail("takes the option start or end, or none"),
    };

    private static FilterResult Truncate(FilterInput input)
    {
        if (input.Options.Count is 0 or > 2)
        {
            return input.Options.Count == 0 ? NoOption : TooManyOptions;
        }

        if (!TryLength(input.Options[0], out int length))
        {
            return NotALength;
        }

        return length >= input.Text.Length ? input.Text : Cut(input.Text, 0, length) + (input.Options.Count == 2 ? input.Options[1] : "...");
    }

    private static FilterResult Substring(FilterInput input)
    {
        if (input.Options.Count is 0 or > 2)
        {
            return input.Options.Count == 0 ? NoOption : TooManyOptions;
        }

        int start = 0;
        if (!TryLength(input.Options[^1], out int length) || (input.Options.Count == 2 && !TryLength(input.Options[0], out start)) || start > input.Text.Length)
        {
            return NotALength;
        }

        return Cut(input.Text, start, Math.Min(length, input.Text.Length - start));
    }

    private static FilterResult Replace(FilterInput input)
    {
        if (input.Options.Count is 0 or > 2)
        {
            return input.Options.Count == 0 ? NoOption : TooManyOptions;
        }

        string pattern = input.Options[0];
        string replacement = input.Options.Count == 2 ? input.Options[1] : "";
        string text = input.Text;
        FilterSession session = input.Session;
        return session.Use(pattern, expression => expression.Replace(text, match =>
        {
            string with = match.Result(replacement);
            session.Spend(with.Length);
            return with;
        }));
    }

    private static bool TryLength(string text, out int length)
        => int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out length);

    // Half of a surrogate pair is no text: it stays out.
    private static string Cut(string text, int start, int length)
    {
        int end = start + length;
        if (end > start && end < text.Length && char.IsSurrogatePair(text, end - 1))
        {
            end--;
        }

        if (start > 0 && start < end && char.IsSurrogatePair(text, start - 1))
        {
            start++;
        }

        return text[start..end];
    }
}
