using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>
/// The blocks that are open, and the parts that were read. It is no call stack: how deep blocks may be nested is bounded by memory alone.
/// </summary>
/// <param name="abandoned">Is told of each block that was never closed.</param>
internal sealed class BlockStack(Action<OpenBlock> abandoned)
{
    private readonly List<TemplateNode> root = [];
    private readonly Stack<OpenBlock> blocks = new();
    private readonly int[] counts = new int[3];

    private List<TemplateNode> Current => blocks.TryPeek(out OpenBlock? block) ? block.Body : root;

    internal void Add(TemplateNode node) => Current.Add(node);

    internal void AddText(int start, int end)
    {
        if (end > start)
        {
            Add(new TextNode(start, end));
        }
    }

    internal void Begin(OpenBlock block)
    {
        counts[(int)block.Kind]++;
        blocks.Push(block);
    }

    internal bool IsOpen(BlockKind kind) => counts[(int)kind] > 0;

    /// <summary>Ends the innermost block of the kind, which must be open; those in it were never closed.</summary>
    internal void End(BlockKind kind, TextNode tag)
    {
        while (blocks.Peek().Kind != kind)
        {
            Abandon(tag.Start);
        }

        OpenBlock closed = Pop();
        Add(closed.Close(tag));
    }

    /// <summary>Whether the innermost block may go on with <c>else</c>, with or without a condition. If not, it is none any more.</summary>
    internal bool MayBranch(bool withCondition)
    {
        if (!blocks.TryPeek(out OpenBlock? block) || block.MayBranch(withCondition))
        {
            return block is not null;
        }

        block.Break();
        return false;
    }

    /// <summary>Begins the next branch of the innermost block.</summary>
    internal void Branch(Condition? condition, TextNode tag) => blocks.Peek().Branch(condition, tag);

    /// <summary>All parts, now that the text has ended.</summary>
    internal IReadOnlyList<TemplateNode> Finish(int end)
    {
        while (blocks.Count > 0)
        {
            Abandon(end);
        }

        return root;
    }

    private void Abandon(int end)
    {
        OpenBlock block = Pop();
        Add(block.Abandon(end));
        abandoned(block);
    }

    private OpenBlock Pop()
    {
        OpenBlock block = blocks.Pop();
        counts[(int)block.Kind]--;
        return block;
    }
}
