namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary><c>#{calc A + 1}</c></summary>
/// <param name="Terms">The calculation in postfix order.</param>
/// <param name="Expression">How it was written.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
internal sealed record CalculationNode(IReadOnlyList<CalculationTerm> Terms, string Expression, int Start, int End) : TemplateNode(Start, End);
