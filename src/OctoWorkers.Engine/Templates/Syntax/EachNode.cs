namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary><c>#{each x in List}…#{/each}</c></summary>
internal sealed record EachNode(string Variable, Pipeline Collection, IReadOnlyList<TemplateNode> Body, int Start, int End)
    : TemplateNode(Start, End);
