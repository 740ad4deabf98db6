namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>A branch of a condition.</summary>
/// <param name="Condition">What must hold.</param>
/// <param name="Negated">Whether it must not hold instead, as in <c>unless</c>.</param>
/// <param name="Body">What counts then.</param>
internal sealed record ConditionBranch(Condition Condition, bool Negated, IReadOnlyList<TemplateNode> Body);
