namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>One side of a comparison: a text in quotes, or a name with its filters. One of the two is null.</summary>
internal sealed record Operand(string? Literal, Pipeline? Pipeline);
