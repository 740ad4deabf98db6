using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>
/// Names, filters and conditions. What does not parse is null, with the cursor where it ended. A place where a nested substitution did
/// not parse is remembered, so that a text full of openings is still read in linear time.
/// </summary>
/// <param name="cursor">The text.</param>
/// <param name="tooDeep">Makes the error for nesting beyond <see cref="DeepestNesting"/> at an offset.</param>
internal sealed class ExpressionParser(TextCursor cursor, Func<int, OctoWorkersException> tooDeep)
{
    /// <summary>How deep substitutions may be nested in each other's names and options. Blocks have no such limit.</summary>
    internal const int DeepestNesting = 100;

    private readonly SymbolParser symbols = new(cursor);
    private readonly HashSet<int> failures = [];
    private int depth;

    /// <summary>How many characters were looked at, those looked at again included.</summary>
    internal long Steps { get; private set; }

    /// <summary>A whole <c>#{…}</c> at the cursor.</summary>
    internal Pipeline? Substitution()
    {
        int start = cursor.At;
        if (failures.Contains(start))
        {
            return null;
        }

        if (++depth > DeepestNesting)
        {
            throw tooDeep(start);
        }

        cursor.At += 2;
        Pipeline? pipeline = Pipeline(inCondition: false);
        bool isWhole = pipeline is not null && cursor.TryEndOfTag();
        depth--;
        if (!isWhole)
        {
            failures.Add(start);
            return null;
        }

        return pipeline! with { Start = start, End = cursor.At };
    }

    /// <summary>A name and its filters.</summary>
    internal Pipeline? Pipeline(bool inCondition)
    {
        cursor.SkipSpace();
        int start = cursor.At;
        if (!symbols.TryParse(inCondition, Substitution, out Symbol? symbol))
        {
            return null;
        }

        List<FilterCall> filters = [];
        cursor.SkipSpace();
        while (cursor.Here == '|')
        {
            cursor.At++;
            if (Filter(inCondition) is not { } filter)
            {
                return null;
            }

            filters.Add(filter);
            cursor.SkipSpace();
        }

        Steps += cursor.At - start;
        return symbol is null && filters.Count == 0 ? null : new(symbol, filters, start, cursor.At);
    }

    /// <summary>What follows <c>if</c>.</summary>
    internal Condition? Condition()
    {
        if (Operand() is not { } left)
        {
            return null;
        }

        cursor.SkipSpace();
        if (!cursor.IsAtComparison)
        {
            return left.Literal is null ? new(left, null, false) : null;
        }

        bool isInequality = cursor.Here == '!';
        cursor.At += 2;
        return Operand() is { } right ? new(left, right, isInequality) : null;
    }

    private Operand? Operand()
    {
        cursor.SkipSpace();
        if (cursor.Here == '"' || cursor.IsAtEscapedQuote)
        {
            return Quoted() is { } text ? new(text, null) : null;
        }

        return Pipeline(inCondition: true) is { } pipeline ? new(null, pipeline) : null;
    }

    private FilterCall? Filter(bool inCondition)
    {
        cursor.SkipSpace();
        int start = cursor.At;
        while (char.IsLetterOrDigit(cursor.Here) || cursor.Here == '_')
        {
            cursor.At++;
        }

        if (cursor.At == start)
        {
            return null;
        }

        string name = cursor.Slice(start, cursor.At);
        List<FilterOption> options = [];
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.IsAtEnd || cursor.Here is '}' or '|' || (inCondition && cursor.IsAtComparison))
            {
                return new(name, options, start);
            }

            if (Option(inCondition) is not { } option)
            {
                return null;
            }

            options.Add(option);
        }
    }

    private FilterOption? Option(bool inCondition)
    {
        if (cursor.IsAtSubstitution)
        {
            return Substitution() is { } nested ? new(null, nested) : null;
        }

        if (cursor.Here == '"' || cursor.IsAtEscapedQuote)
        {
            return Quoted() is { } text ? new(text, null) : null;
        }

        int start = cursor.At;
        while (!cursor.IsAtEnd && !IsEndOfWord(inCondition))
        {
            cursor.At++;
        }

        return cursor.At == start ? null : new(cursor.Slice(start, cursor.At), null);
    }

    private bool IsEndOfWord(bool inCondition)
        => cursor.Here is '|' or '}' or '{' or '"' || char.IsWhiteSpace(cursor.Here) || cursor.IsAtSubstitution || cursor.IsAtEscapedQuote
            || (inCondition && cursor.IsAtComparison);

    // The quote is \" where the whole template stands in a JSON string.
    private string? Quoted()
    {
        string quote = cursor.Here == '"' ? "\"" : "\\\"";
        cursor.At += quote.Length;
        int start = cursor.At;
        int end = cursor.Find(quote);
        if (end < 0)
        {
            cursor.At = start;
            return null;
        }

        cursor.At = end + quote.Length;
        Steps += cursor.At - start;
        return cursor.Slice(start, end);
    }
}
