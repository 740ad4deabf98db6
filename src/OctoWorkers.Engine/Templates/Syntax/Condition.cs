namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>What a condition asks: whether the left side is true or, where there is a right side, whether the two are the same.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side, or null.</param>
/// <param name="IsInequality">Whether the sides must differ instead.</param>
internal sealed record Condition(Operand Left, Operand? Right, bool IsInequality);
