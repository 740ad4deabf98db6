namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>Says in plain words what a YAML parser complains about.</summary>
internal static class YamlSyntaxProblem
{
    /// <summary>The complaint of a parser that did not know what to say.</summary>
    internal const string Lost = "the parser could not go on from here; look for a bracket or a quote that is not closed";

    private static readonly (string Fragment, string Words)[] Explanations =
    [
        ("invalid mapping", "a ':' where no key can stand: indent the line like the one above it, or put quotes around a text that holds ': '"),
        ("mapping values are not allowed", "a ':' where no key can stand: indent the line like the one above it, or put quotes around a text that holds ': '"),
        ("quoted scalar, found unexpected end of stream", "the quote that opens here is not closed"),
        ("did not find expected node content", "a value is missing before this place, or begins with a character that needs quotes"),
        ("cannot start any token", "a text cannot begin with this character; put quotes around it"),
        ("did not find expected key", "no key stands here: look for a missing ':', for wrong indentation, and for text after a closing quote"),
        ("expected '-' indicator", "a list goes on here, but no '-' stands here: look at the indentation"),
        ("sequence entries are not allowed", "a list cannot begin on this line: put its first '-' on the next line, or quotes around a text that begins with '- '"),
        ("unknown escape character", "an unknown escape in double quotes; write the backslash twice, or use single quotes"),
        ("expected <document ", "text after the end of the document: look at the indentation, or put '---' before a further document"),
        ("incompatible YAML document", "the file says that it is of a YAML version that is not supported; leave the '%YAML' line out"),
    ];

    /// <summary>Explains a complaint.</summary>
    /// <param name="text">The file.</param>
    /// <param name="location">Where the parser complains.</param>
    /// <param name="lineReached">The line that the parser had certainly reached.</param>
    /// <param name="message">The parser's own words.</param>
    internal static DefinitionProblem Explain(string text, SourceLocation location, int lineReached, string message)
    {
        if (message.Contains("tab", StringComparison.Ordinal) && FindTab(text, Math.Max(lineReached, location.Line)) is { } tab)
        {
            return new(
                location with { Line = tab.Line, Column = tab.Column },
                "a tab is used for indentation; YAML allows only spaces there");
        }

        foreach ((string fragment, string words) in Explanations)
        {
            if (message.Contains(fragment, StringComparison.Ordinal))
            {
                return new(location, words);
            }
        }

        string own = message.ReplaceLineEndings(" ").TrimEnd('.');
        return new(location, $"not valid YAML: {(own.Length == 0 ? "" : char.ToLowerInvariant(own[0]) + own[1..])}");
    }

    private static (int Line, int Column)? FindTab(string text, int fromLine)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            int indentation = line.IndexOfAnyExcept(' ', '\t');
            int tab = line[..Math.Max(indentation, 0)].IndexOf('\t');
            if (number >= fromLine && tab >= 0)
            {
                return (number, tab + 1);
            }
        }

        return null;
    }
}
