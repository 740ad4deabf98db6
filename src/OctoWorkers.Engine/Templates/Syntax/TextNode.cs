namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>Text that stays as it is.</summary>
internal sealed record TextNode(int Start, int End) : TemplateNode(Start, End);
