namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>An option of a filter: text, or a substitution. One of the two is null.</summary>
internal sealed record FilterOption(string? Literal, Pipeline? Nested);
