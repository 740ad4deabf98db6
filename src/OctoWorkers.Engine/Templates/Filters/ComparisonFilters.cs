namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>Filters that ask something of a text and answer <c>true</c> or <c>false</c>. Case matters to them.</summary>
internal static class ComparisonFilters
{
    internal static Filter[] All { get; } =
    [
        Comparing("StartsWith", (input, option) => Word(input.Text.StartsWith(option, StringComparison.Ordinal))),
        Comparing("EndsWith", (input, option) => Word(input.Text.EndsWith(option, StringComparison.Ordinal))),
        Comparing("Contains", (input, option) => Word(input.Text.Contains(option, StringComparison.Ordinal))),
        Comparing("Match", (input, option) => input.Session.Use(option, expression => Word(expression.IsMatch(input.Text)))),
    ];

    private static string Word(bool holds) => holds ? "true" : "false";

    private static Filter Comparing(string name, Func<FilterInput, string, FilterResult> compare)
        => new(name, input => input.Options switch
        {
            [] => TextFilters.NoOption,
            [var option] => compare(input, option),
            _ => TextFilters.TooManyOptions,
        })
        { EchoesQuotedOptions = true };
}
