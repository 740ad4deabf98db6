using System.Globalization;
using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>
/// Reads single values. Only <c>true</c> and <c>false</c> are booleans; where a text is expected, whatever stands there is the text as written
/// (<c>on</c>, <c>1.10</c>, <c>0755</c>). What is wrong goes to the problems, and null is the result.
/// </summary>
internal static class ScalarValue
{
    internal static string? Text(YamlNode node, string key, ProblemList problems)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            problems.Add(node.Location, $"'{key}': expected a text, found {node.Found}");
            return null;
        }

        if (scalar.Problem is not null)
        {
            problems.Add(node.Location, $"'{key}': {scalar.Problem}");
            return null;
        }

        return scalar.Text;
    }

    internal static string? Name(YamlNode node, string key, ProblemList problems)
    {
        // The rules of names come first: they also speak of NUL and surrogates.
        if (node is YamlScalar { IsNull: false } scalar && EntityName.Problem(scalar.Text) is { } problem)
        {
            problems.Add(node.Location, $"'{key}': {problem}");
            return null;
        }

        return Text(node, key, problems);
    }

    internal static bool? Flag(YamlNode node, string key, ProblemList problems)
    {
        switch (node)
        {
            case YamlScalar { IsPlain: true, Text: "true" }:
                return true;
            case YamlScalar { IsPlain: true, Text: "false" }:
                return false;
            case YamlScalar { IsPlain: false, Text: "true" or "false" }:
                problems.Add(node.Location, $"'{key}': expected true or false, found the text {node.Found}; leave its quotes out");
                return null;
            default:
                string hint = node is YamlScalar scalar ? NearestWord.Hint(scalar.Text, ["true", "false"]) : "";
                problems.Add(node.Location, $"'{key}': expected true or false, found {node.Found}{hint}");
                return null;
        }
    }

    internal static int? Number(YamlNode node, string key, int least, int most, ProblemList problems)
    {
        string expected = most == int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}")
            : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");
        if (node is YamlScalar { IsPlain: true } scalar
            && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least && number <= most
            && (scalar.Text.Length == 1 || scalar.Text[0] != '0'))
        {
            return number;
        }

        string hint = node is YamlScalar { IsPlain: false } quoted && int.TryParse(quoted.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? "; leave its quotes out"
            : "";
        problems.Add(node.Location, $"'{key}': expected {expected}, found {node.Found}{hint}");
        return null;
    }

    internal static T? Word<T>(YamlNode node, string key, IReadOnlyList<(string Word, T Meaning)> words, ProblemList problems)
        where T : struct
    {
        if (Text(node, key, problems) is not { } text)
        {
            return null;
        }

        foreach ((string word, T meaning) in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        string hint = NearestWord.Hint(text, words.Select(known => known.Word));
        problems.Add(
            node.Location,
            $"'{key}': unknown word {FoundText.Quote(text)}{(hint.Length > 0 ? hint : "; it may be " + string.Join(", ", words.Select(known => $"'{known.Word}'")))}");
        return null;
    }
}
