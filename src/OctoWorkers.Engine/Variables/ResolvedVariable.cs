namespace OctoWorkers.Engine.Variables;

/// <summary>Which value of a variable applies somewhere, and why.</summary>
/// <param name="Winner">The value.</param>
/// <param name="Reason">Why it won, in words.</param>
/// <param name="Others">The variable's other values, in an order that does not depend on that in which they were given.</param>
public sealed record ResolvedVariable(SourcedVariable Winner, string Reason, IReadOnlyList<OutrankedVariable> Others)
{
    /// <summary>The variable's name, as the winner spells it.</summary>
    public string Name => Winner.Definition.Name;
}
