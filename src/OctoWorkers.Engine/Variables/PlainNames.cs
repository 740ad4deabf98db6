using System.Text.RegularExpressions;

namespace OctoWorkers.Engine.Variables;

/// <summary>Puts values in the place of names, <c>#{Name}</c>, and knows nothing else of templates.</summary>
internal sealed partial class PlainNames : ITemplateText
{
    public EvaluatedText Evaluate(string text, StepVariables variables)
    {
        bool isWhole = true;
        bool isSensitive = false;
        string result = Name().Replace(text, match =>
        {
            string name = match.Groups["name"].Value.Trim();
            isSensitive |= variables.Sensitive.Contains(name);
            isWhole &= variables.Values.TryGetValue(name, out string? value);
            return value ?? match.Value;
        });
        return new(result, isWhole && !IsFalse(result), isSensitive);
    }

    private static bool IsFalse(string text)
        => text is "" or "0" || text.Equals("no", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"#\{(?<name>[^{}|]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
