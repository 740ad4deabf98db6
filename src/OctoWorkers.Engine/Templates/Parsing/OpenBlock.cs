using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>A block whose end has not been met.</summary>
internal sealed class OpenBlock
{
    private readonly List<ConditionBranch> branches = [];

    // The block as it stands in the text if it turns out not to be one.
    private readonly List<TemplateNode> plain;
    private readonly string? item;
    private readonly Pipeline? collection;
    private Condition? condition;
    private bool hasElse;
    private bool isBroken;

    /// <summary>An <c>if</c> or <c>unless</c>.</summary>
    internal OpenBlock(BlockKind kind, TextNode header, Condition condition)
    {
        Kind = kind;
        Start = header.Start;
        plain = [header];
        this.condition = condition;
    }

    /// <summary>An <c>each</c>.</summary>
    internal OpenBlock(TextNode header, string item, Pipeline collection)
    {
        Kind = BlockKind.Each;
        Start = header.Start;
        plain = [header];
        this.item = item;
        this.collection = collection;
    }

    internal BlockKind Kind { get; }

    internal int Start { get; }

    /// <summary>Where the parts that follow belong.</summary>
    internal List<TemplateNode> Body { get; private set; } = [];

    /// <summary>Whether an <c>else</c> may follow, with or without a condition.</summary>
    internal bool MayBranch(bool withCondition) => Kind != BlockKind.Each && !hasElse && !(withCondition && Kind == BlockKind.Unless);

    /// <summary>Begins the next branch; without a condition it is the last.</summary>
    internal void Branch(Condition? next, TextNode tag)
    {
        EndBody(tag.Start);
        condition = next;
        hasElse = next is null;
        plain.Add(tag);
    }

    /// <summary>A tag in it has no place there: none of it is a block.</summary>
    internal void Break() => isBroken = true;

    /// <summary>The block, now that its last tag has been met.</summary>
    internal TemplateNode Close(TextNode tag)
    {
        IReadOnlyList<TemplateNode> last = Body;
        EndBody(tag.Start);
        if (isBroken)
        {
            plain.Add(tag);
            return new SequenceNode(plain, Start, tag.End);
        }

        return Kind == BlockKind.Each
            ? new EachNode(item!, collection!, last, Start, tag.End)
            : new ConditionNode(branches, hasElse ? last : [], Start, tag.End);
    }

    /// <summary>What stands in the text in its place, since its last tag never came.</summary>
    internal SequenceNode Abandon(int end)
    {
        EndBody(end);
        return new(plain, Start, end);
    }

    private void EndBody(int end)
    {
        plain.Add(new SequenceNode(Body, Start, end));
        if (condition is not null)
        {
            branches.Add(new(condition, Kind == BlockKind.Unless, Body));
        }

        Body = [];
    }
}
