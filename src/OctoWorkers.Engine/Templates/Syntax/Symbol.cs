namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>A name. Names in names, as in <c>A[#{i}].B</c>, make it known only when it is evaluated.</summary>
/// <param name="Literal">The name, when it is known as it stands; else null.</param>
/// <param name="Parts">The parts of any other name.</param>
internal sealed record Symbol(string? Literal, IReadOnlyList<SymbolPart> Parts);
