namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>A number, a name or an operator of a calculation.</summary>
/// <param name="Operator">One of + - * /, ~ for the minus of one number, or 0 for a number or name.</param>
/// <param name="Number">The number, where there is no name.</param>
/// <param name="Name">The name, or null.</param>
internal readonly record struct CalculationTerm(char Operator, double Number, string? Name);
