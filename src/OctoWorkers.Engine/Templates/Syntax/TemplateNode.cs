namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>A part of a template.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends: the index after its last character.</param>
internal abstract record TemplateNode(int Start, int End);
