namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>Parts of a block that was never closed: they are evaluated, the block is not.</summary>
internal sealed record SequenceNode(IReadOnlyList<TemplateNode> Nodes, int Start, int End) : TemplateNode(Start, End);
