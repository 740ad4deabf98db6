namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary><c>#{Name | Filter}</c></summary>
internal sealed record SubstitutionNode(Pipeline Pipeline, int Start, int End) : TemplateNode(Start, End);
