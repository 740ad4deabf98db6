using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>
/// Names. Outside brackets a name ends at <c>| } { "</c> and at the end of the line; in brackets it may have anything but braces and a new
/// line, and names of their own.
/// </summary>
internal sealed class SymbolParser(TextCursor cursor)
{
    /// <summary>Reads a name, which is null when nothing is there. False when what is there is no name.</summary>
    internal bool TryParse(bool inCondition, Func<Pipeline?> substitution, out Symbol? symbol)
    {
        List<SymbolPart>? parts = null;
        int start = cursor.At;
        symbol = null;
        while (!IsEnd(inCondition))
        {
            if (cursor.Here != '[')
            {
                cursor.At++;
            }
            else if (!TryBrackets(substitution, ref parts, ref start))
            {
                return false;
            }
        }

        string last = cursor.Slice(start, cursor.At).TrimEnd();
        if (parts is null)
        {
            symbol = last.Length == 0 ? null : new(last, []);
            return true;
        }

        parts.Add(new(last, null));
        symbol = new(null, parts);
        return true;
    }

    private bool IsEnd(bool inCondition)
        => cursor.IsAtEnd || cursor.Here is '|' or '}' or '{' or '"' or ']' or '\n' or '\r' || cursor.IsAtSubstitution || cursor.IsAtEscapedQuote
            || (inCondition && cursor.IsAtComparison);

    private bool TryBrackets(Func<Pipeline?> substitution, ref List<SymbolPart>? parts, ref int start)
    {
        int depth = 0;
        do
        {
            if (cursor.IsAtSubstitution)
            {
                string before = cursor.Slice(start, cursor.At);
                if (substitution() is not { } nested)
                {
                    return false;
                }

                (parts ??= []).Add(new(before, null));
                parts.Add(new(null, nested));
                start = cursor.At;
                continue;
            }

            depth += cursor.Here switch { '[' => 1, ']' => -1, _ => 0 };
            if (cursor.IsAtEnd || cursor.Here is '{' or '}' or '\n' or '\r')
            {
                return false;
            }

            cursor.At++;
        }
        while (depth > 0);
        return true;
    }
}
