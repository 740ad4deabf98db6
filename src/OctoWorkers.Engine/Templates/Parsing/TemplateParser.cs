using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>
/// Tags and blocks. Open blocks are kept on a stack of their own, so that their depth is bounded by memory alone. A tag that does not
/// parse is text; a block that is not closed is text around parts that are evaluated.
/// </summary>
internal sealed class TemplateParser
{
    private readonly string text;
    private readonly string? variable;
    private readonly LineIndex lines;
    private readonly ProblemList problems;
    private readonly TextCursor cursor;
    private readonly ExpressionParser expressions;
    private readonly List<TemplateNode> root = [];
    private readonly Stack<OpenBlock> blocks = new();
    private readonly int[] openBlocks = new int[3];
    private List<TemplateNode> current;

    internal TemplateParser(string text, string? variable, LineIndex lines, ProblemList problems)
    {
        this.text = text;
        this.variable = variable;
        this.lines = lines;
        this.problems = problems;
        current = root;
        cursor = new(text);
        expressions = new(cursor, TooDeep);
    }

    /// <summary>How many characters of expressions were looked at.</summary>
    internal long Steps => expressions.Steps;

    internal IReadOnlyList<TemplateNode> Parse()
    {
        int textStart = 0;
        int scan = 0;
        while (true)
        {
            int open = text.IndexOf("#{", scan, StringComparison.Ordinal);
            if (open < 0)
            {
                break;
            }

            int firstHash = open;
            while (firstHash > scan && text[firstHash - 1] == '#')
            {
                firstHash--;
            }

            int hashes = open - firstHash + 1;
            if (hashes % 2 == 0)
            {
                // Two hashes stand for one that begins no tag.
                AddText(textStart, firstHash);
                AddText(open + 1 - (hashes / 2), open + 2);
                textStart = scan = open + 2;
                continue;
            }

            cursor.At = open;
            if (Tag(open, firstHash, textStart))
            {
                textStart = scan = cursor.At;
            }
            else
            {
                scan = open + 2;
            }
        }

        AddText(textStart, text.Length);
        AbandonDownTo(0, text.Length);
        return root;
    }

    private bool Tag(int open, int firstHash, int textStart)
    {
        cursor.At = open + 2;
        cursor.SkipSpace();
        if (EndTag() is { } ended)
        {
            return End(ended, open, firstHash, textStart);
        }

        if (cursor.IsAt("else") && !cursor.IsAt("elseif"))
        {
            cursor.At += 4;
            if (cursor.TryEndOfTag())
            {
                return Branch(null, open, firstHash, textStart);
            }

            cursor.At -= 4;
        }

        if (cursor.TryKeyword("elseif"))
        {
            return expressions.Condition() is { } condition && cursor.TryEndOfTag()
                ? Branch(condition, open, firstHash, textStart)
                : NotATag(open, "a condition");
        }

        if (TryBegin(open, out OpenBlock? block, out string? expected))
        {
            AddTextBefore(open, firstHash, textStart);
            openBlocks[(int)block!.Kind]++;
            blocks.Push(block);
            current = block.Body;
            return true;
        }

        if (expected is not null)
        {
            return NotATag(open, expected);
        }

        if (cursor.TryKeyword("calc"))
        {
            int start = cursor.At;
            IReadOnlyList<CalculationTerm>? terms = new CalculationParser(cursor).Parse();
            if (terms is null)
            {
                return NotATag(open, "a calculation");
            }

            AddTextBefore(open, firstHash, textStart);
            string expression = text[start..cursor.At].TrimEnd();
            cursor.At++;
            current.Add(new CalculationNode(terms, expression, open, cursor.At));
            return true;
        }

        cursor.At = open;
        if (expressions.Substitution() is not { } pipeline)
        {
            return NotATag(open, "a name, filters and '}'");
        }

        AddTextBefore(open, firstHash, textStart);
        current.Add(new SubstitutionNode(pipeline, open, cursor.At));
        return true;
    }

    // False with what was expected when the tag begins like one of a block, and is none.
    private bool TryBegin(int open, out OpenBlock? block, out string? expected)
    {
        block = null;
        expected = null;
        bool isIf = cursor.TryKeyword("if");
        if (isIf || cursor.TryKeyword("unless"))
        {
            expected = "a condition";
            if (expressions.Condition() is { } condition && cursor.TryEndOfTag())
            {
                block = new(isIf ? BlockKind.If : BlockKind.Unless, new TextNode(open, cursor.At), condition);
            }
        }
        else if (cursor.TryKeyword("each"))
        {
            expected = "'name in name'";
            int start = cursor.At;
            while (!cursor.IsAtEnd && !char.IsWhiteSpace(cursor.Here) && cursor.Here is not ('}' or '{' or '.' or '[' or '|' or '#'))
            {
                cursor.At++;
            }

            string item = cursor.Slice(start, cursor.At);
            cursor.SkipSpace();
            if (item.Length > 0 && cursor.TryKeyword("in") && expressions.Pipeline(inCondition: false) is { } collection && cursor.TryEndOfTag())
            {
                block = new(new TextNode(open, cursor.At), item, collection);
            }
        }

        return block is not null;
    }

    private BlockKind? EndTag()
    {
        foreach (BlockKind kind in Enum.GetValues<BlockKind>())
        {
            string word = kind switch { BlockKind.If => "/if", BlockKind.Unless => "/unless", _ => "/each" };
            int start = cursor.At;
            if (cursor.IsAt(word))
            {
                cursor.At += word.Length;
                if (cursor.TryEndOfTag())
                {
                    return kind;
                }

                cursor.At = start;
            }
        }

        return null;
    }

    private bool End(BlockKind kind, int open, int firstHash, int textStart)
    {
        int end = cursor.At;
        if (openBlocks[(int)kind] == 0)
        {
            return NotATag(open, "a text: this closes a block that was not opened");
        }

        AddTextBefore(open, firstHash, textStart);
        int above = 0;
        foreach (OpenBlock block in blocks)
        {
            if (block.Kind == kind)
            {
                break;
            }

            above++;
        }

        AbandonDownTo(blocks.Count - above, open);
        OpenBlock closed = blocks.Pop();
        openBlocks[(int)kind]--;
        current = blocks.TryPeek(out OpenBlock? outer) ? outer.Body : root;
        current.Add(closed.Close(new(open, end)));
        cursor.At = end;
        return true;
    }

    private bool Branch(Condition? condition, int open, int firstHash, int textStart)
    {
        if (!blocks.TryPeek(out OpenBlock? block) || !block.MayBranch(condition is not null))
        {
            block?.Break();
            return NotATag(open, "a text: no branch may begin here");
        }

        AddTextBefore(open, firstHash, textStart);
        block.Branch(condition, new(open, cursor.At));
        current = block.Body;
        return true;
    }

    private void AbandonDownTo(int count, int end)
    {
        while (blocks.Count > count)
        {
            OpenBlock block = blocks.Pop();
            openBlocks[(int)block.Kind]--;
            current = blocks.TryPeek(out OpenBlock? outer) ? outer.Body : root;
            current.Add(block.Abandon(end));
            string word = Enum.GetName(block.Kind)!.ToLowerInvariant();
            Report(block.Start, $"this {word} has no #{{/{word}}}, so that it stays in the text. Close it, or write ##{{ for a #{{ that begins nothing.");
        }
    }

    private bool NotATag(int open, string expected)
    {
        if (!problems.IsFull)
        {
            int at = Math.Min(cursor.At, text.Length);
            string found = at >= text.Length ? "the end of the text" : Found(text[at]);
            Report(open, expected.StartsWith("a text: ", StringComparison.Ordinal)
                ? $"{expected["a text: ".Length..]}. It stays in the text."
                : $"expected {expected} and found {found} at column {lines.Locate(at).Column} of line {lines.Locate(at).Line}. "
                    + "It stays in the text; write ##{ for a #{ that begins nothing.");
        }

        return false;
    }

    private static string Found(char c) => char.IsControl(c) || char.IsSurrogate(c) ? "another character" : $"'{c}'";

    private void AddTextBefore(int open, int firstHash, int textStart)
    {
        AddText(textStart, firstHash);
        AddText(open - ((open - firstHash) / 2), open);
    }

    private void AddText(int start, int end)
    {
        if (end > start)
        {
            current.Add(new TextNode(start, end));
        }
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
        string where = new TemplateProblem(variable, line, column, "").ToString().TrimEnd(' ', ':');
        return new(EngineError.TemplateInvalid, $"The template nests substitutions in each other deeper than {ExpressionParser.DeepestNesting} levels ({where}). Give the inner ones variables of their own.");
    }
}
