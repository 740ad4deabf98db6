using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>Reads a text. A tag that does not parse is text; a block that is not closed is text around parts that are evaluated.</summary>
internal sealed class TemplateParser
{
    private static readonly (BlockKind Kind, string Word)[] EndTags = [(BlockKind.If, "/if"), (BlockKind.Unless, "/unless"), (BlockKind.Each, "/each")];

    private readonly string text;
    private readonly string? variable;
    private readonly LineIndex lines;
    private readonly ProblemList problems;
    private readonly TextCursor cursor;
    private readonly ExpressionParser expressions;
    private readonly BlockStack blocks;

    // What has been read and belongs to no part yet, and the hashes before the tag that is being read.
    private int textStart;
    private int firstHash;

    internal TemplateParser(string text, string? variable, LineIndex lines, ProblemList problems)
    {
        this.text = text;
        this.variable = variable;
        this.lines = lines;
        this.problems = problems;
        cursor = new(text);
        expressions = new(cursor, TooDeep);
        blocks = new(block => Report(
            block.Start,
            $"this {block.Kind.ToString().ToLowerInvariant()} has no #{{/{block.Kind.ToString().ToLowerInvariant()}}}, so that it stays in the text. "
                + "Close it, or write ##{ for a #{ that begins nothing."));
    }

    /// <summary>How many characters of expressions were looked at.</summary>
    internal long Steps => expressions.Steps;

    internal IReadOnlyList<TemplateNode> Parse()
    {
        int scan = 0;
        for (int open = Open(scan); open >= 0; open = Open(scan))
        {
            firstHash = open;
            while (firstHash > scan && text[firstHash - 1] == '#')
            {
                firstHash--;
            }

            int hashes = open - firstHash + 1;
            if (hashes % 2 == 0)
            {
                // Two hashes stand for one that begins no tag.
                blocks.AddText(textStart, firstHash);
                blocks.AddText(open + 1 - (hashes / 2), open + 2);
                textStart = scan = open + 2;
            }
            else if (Tag(open))
            {
                textStart = scan = cursor.At;
            }
            else
            {
                scan = open + 2;
            }
        }

        blocks.AddText(textStart, text.Length);
        return blocks.Finish(text.Length);
    }

    private int Open(int from) => text.IndexOf("#{", from, StringComparison.Ordinal);

    // Whether a tag is there; it has been added, and the cursor is behind it.
    private bool Tag(int open)
    {
        cursor.At = open + 2;
        cursor.SkipSpace();
        if (EndTag() is { } ended)
        {
            return End(ended, open);
        }

        if (cursor.TryTag("else"))
        {
            return Branch(null, open);
        }

        if (cursor.TryKeyword("elseif"))
        {
            return expressions.Condition() is { } condition && cursor.TryEndOfTag() ? Branch(condition, open) : Expected(open, "a condition");
        }

        bool isIf = cursor.TryKeyword("if");
        if (isIf || cursor.TryKeyword("unless"))
        {
            return expressions.Condition() is { } condition && cursor.TryEndOfTag()
                ? Begin(new(isIf ? BlockKind.If : BlockKind.Unless, new(open, cursor.At), condition), open)
                : Expected(open, "a condition");
        }

        if (cursor.TryKeyword("each"))
        {
            return Each(open);
        }

        if (cursor.TryKeyword("calc"))
        {
            return Calculation(open);
        }

        cursor.At = open;
        if (expressions.Substitution() is not { } pipeline)
        {
            return Expected(open, "a name, filters and '}'");
        }

        AddTextBefore(open);
        blocks.Add(new SubstitutionNode(pipeline, open, cursor.At));
        return true;
    }

    private BlockKind? EndTag()
    {
        foreach ((BlockKind kind, string word) in EndTags)
        {
            if (cursor.TryTag(word))
            {
                return kind;
            }
        }

        return null;
    }

    private bool Each(int open)
    {
        int start = cursor.At;
        while (!cursor.IsAtEnd && !char.IsWhiteSpace(cursor.Here) && cursor.Here is not ('}' or '{' or '.' or '[' or '|' or '#'))
        {
            cursor.At++;
        }

        string item = cursor.Slice(start, cursor.At);
        cursor.SkipSpace();
        return item.Length > 0 && cursor.TryKeyword("in") && expressions.Pipeline(inCondition: false) is { } collection && cursor.TryEndOfTag()
            ? Begin(new(new(open, cursor.At), item, collection), open)
            : Expected(open, "'name in name'");
    }

    private bool Calculation(int open)
    {
        int start = cursor.At;
        if (new CalculationParser(cursor).Parse() is not { } terms)
        {
            return Expected(open, "a calculation");
        }

        AddTextBefore(open);
        string expression = text[start..cursor.At].TrimEnd();
        cursor.At++;
        blocks.Add(new CalculationNode(terms, expression, open, cursor.At));
        return true;
    }

    private bool Begin(OpenBlock block, int open)
    {
        AddTextBefore(open);
        blocks.Begin(block);
        return true;
    }

    private bool End(BlockKind kind, int open)
    {
        if (!blocks.IsOpen(kind))
        {
            return Misplaced(open, "this ends a block that was not begun");
        }

        AddTextBefore(open);
        blocks.End(kind, new(open, cursor.At));
        return true;
    }

    private bool Branch(Condition? condition, int open)
    {
        if (!blocks.MayBranch(condition is not null))
        {
            return Misplaced(open, "no branch may begin here: else is for if and unless, and comes last; elseif is for if");
        }

        AddTextBefore(open);
        blocks.Branch(condition, new(open, cursor.At));
        return true;
    }

    private void AddTextBefore(int open)
    {
        blocks.AddText(textStart, firstHash);
        blocks.AddText(open - ((open - firstHash) / 2), open);
    }

    private bool Expected(int open, string expected)
    {
        if (!problems.IsFull)
        {
            int at = Math.Min(cursor.At, text.Length);
            string found = at == text.Length ? "the end of the text" : char.IsControl(text[at]) || char.IsSurrogate(text[at]) ? "another character" : $"'{text[at]}'";
            (int line, int column) = lines.Locate(at);
            Report(open, $"expected {expected} and found {found} at line {line}, column {column}. It stays in the text; write ##{{ for a #{{ that begins nothing.");
        }

        return false;
    }

    private bool Misplaced(int open, string problem)
    {
        Report(open, $"{problem}. It stays in the text; write ##{{ for a #{{ that begins nothing.");
        return false;
    }

    private void Report(int offset, string message)
    {
        if (!problems.IsFull)
        {
            (int line, int column) = lines.Locate(offset);
            problems.Add(new(variable, line, column, message));
        }
    }

    private OctoWorkersException TooDeep(int offset)
    {
        (int line, int column) = lines.Locate(offset);
        TemplateProblem problem = new(
            variable, line, column, $"substitutions are nested in each other deeper than {ExpressionParser.DeepestNesting} levels. Give the inner ones variables of their own.");
        return new(EngineError.TemplateInvalid, $"The template cannot be read: {problem}");
    }
}
