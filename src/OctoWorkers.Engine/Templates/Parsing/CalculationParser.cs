using System.Globalization;
using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>
/// Calculations, put into postfix order as they are read. A name may have - and / in it, so that either must have white space around it
/// where it follows a name as an operator, or the name must be in braces: <c>{A}-1</c>.
/// </summary>
internal sealed class CalculationParser(TextCursor cursor)
{
    private readonly List<CalculationTerm> terms = [];
    private readonly Stack<char> operators = new();

    /// <summary>Everything up to the closing brace, or null.</summary>
    internal IReadOnlyList<CalculationTerm>? Parse()
    {
        bool wantsOperand = true;
        while (true)
        {
            cursor.SkipSpace();
            char here = cursor.Here;
            if (wantsOperand)
            {
                if (here is '(' or '-' or '+')
                {
                    operators.Push(here == '-' ? '~' : here == '+' ? 'p' : '(');
                    cursor.At++;
                    continue;
                }

                if (!TryOperand())
                {
                    return null;
                }

                wantsOperand = false;
                continue;
            }

            if (here == '}')
            {
                return TryUnwind('\0') && !operators.Contains('(') ? terms : null;
            }

            if (here == ')')
            {
                if (!TryUnwind('('))
                {
                    return null;
                }

                cursor.At++;
                continue;
            }

            if (here is not ('+' or '-' or '*' or '/'))
            {
                return null;
            }

            while (operators.Count > 0 && Rank(operators.Peek()) >= Rank(here))
            {
                Apply(operators.Pop());
            }

            operators.Push(here);
            cursor.At++;
            wantsOperand = true;
        }
    }

    // Up to and with the bracket; or everything.
    private bool TryUnwind(char bracket)
    {
        while (operators.Count > 0)
        {
            char top = operators.Pop();
            if (top == '(')
            {
                return bracket == '(';
            }

            Apply(top);
        }

        return bracket == '\0';
    }

    private void Apply(char found)
    {
        if (found != 'p')
        {
            terms.Add(new(found, 0, null));
        }
    }

    private static int Rank(char found) => found switch { '~' or 'p' => 3, '*' or '/' => 2, '+' or '-' => 1, _ => 0 };

    private bool TryOperand()
    {
        int start = cursor.At;
        if (cursor.Here == '{')
        {
            cursor.At++;
            while (!cursor.IsAtEnd && cursor.Here is not ('}' or '{' or '\n'))
            {
                cursor.At++;
            }

            string inBraces = cursor.Slice(start + 1, cursor.At).Trim();
            return inBraces.Length > 0 && cursor.TryEndOfTag() && TryName(inBraces);
        }

        if (char.IsAsciiDigit(cursor.Here) || cursor.Here == '.')
        {
            while (char.IsAsciiDigit(cursor.Here) || cursor.Here == '.')
            {
                cursor.At++;
            }

            if (!char.IsLetter(cursor.Here) && cursor.Here != '_')
            {
                bool isNumber = double.TryParse(
                    cursor.Slice(start, cursor.At), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
                terms.Add(new('\0', number, null));
                return isNumber;
            }
        }

        while (!cursor.IsAtEnd && cursor.Here is not ('+' or '*' or '(' or ')' or '{' or '}' or '|' or '"' or '#' or '\n') && !IsSpacedOperator())
        {
            cursor.At++;
        }

        return TryName(cursor.Slice(start, cursor.At).Trim());
    }

    private bool IsSpacedOperator() => char.IsWhiteSpace(cursor.Here) && cursor.Next is '-' or '/';

    private bool TryName(string name)
    {
        terms.Add(new('\0', 0, name));
        return name.Length > 0;
    }
}
