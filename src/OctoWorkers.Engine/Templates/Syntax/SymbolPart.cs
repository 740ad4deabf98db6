namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>A part of a name: text, or another name whose value belongs there. One of the two is null.</summary>
internal sealed record SymbolPart(string? Literal, Pipeline? Nested);
