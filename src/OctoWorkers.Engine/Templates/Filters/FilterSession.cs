using System.Text.RegularExpressions;
using OctoWorkers.Engine.Templates.Evaluation;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>What filters of one evaluation share: the clock, the budget, and regular expressions that were met before.</summary>
internal sealed class FilterSession(TimeProvider time, TextBudget budget)
{
    private readonly Dictionary<string, Regex?> expressions = [];

    internal TimeProvider Time => time;

    /// <summary>How long one regular expression may look at one text.</summary>
    internal static TimeSpan MatchTimeout => TimeSpan.FromSeconds(1);

    internal FilterResult Apply(Filter filter, string? value, IReadOnlyList<string> options)
    {
        FilterResult result = filter.Apply(new(value, options, this));
        Spend(result.Value?.Length ?? 0);
        return result;
    }

    /// <summary>Announces a text before it is made.</summary>
    internal void Spend(long length) => budget.Spend(length);

    /// <summary>Uses a regular expression; one that never ends is not tried a second time.</summary>
    internal FilterResult Use(string pattern, Func<Regex, string> use)
    {
        if (!expressions.TryGetValue(pattern, out Regex? expression))
        {
            try
            {
                expression = Make(pattern);
            }
            catch (ArgumentException)
            {
                return FilterResult.Fail("has a regular expression that is not valid; see the syntax of .NET");
            }

            expressions.Add(pattern, expression);
        }

        if (expression is not null)
        {
            try
            {
                return use(expression);
            }
            catch (RegexMatchTimeoutException)
            {
                expressions[pattern] = null;
            }
        }

        return FilterResult.Fail("has a regular expression that takes longer than a second; make it simpler");
    }

    // Most expressions can be matched in linear time; those with look-around and back references cannot.
    private static Regex Make(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException)
        {
            return new(pattern, RegexOptions.CultureInvariant, MatchTimeout);
        }
    }
}
