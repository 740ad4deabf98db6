using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>Carries out calculations that are in postfix order.</summary>
internal static class Calculator
{
    /// <summary>The result, which is no number after a division by zero.</summary>
    /// <param name="terms">The calculation.</param>
    /// <param name="numbers">The numbers of its names, in their order.</param>
    internal static double Calculate(IReadOnlyList<CalculationTerm> terms, IReadOnlyList<double> numbers)
    {
        Stack<double> stack = new();
        int name = 0;
        foreach (CalculationTerm term in terms)
        {
            if (term.Operator == '\0')
            {
                stack.Push(term.Name is null ? term.Number : numbers[name++]);
                continue;
            }

            double right = stack.Pop();
            stack.Push(term.Operator switch
            {
                '~' => -right,
                '+' => stack.Pop() + right,
                '-' => stack.Pop() - right,
                '*' => stack.Pop() * right,
                _ => stack.Pop() / right,
            });
        }

        return stack.Pop();
    }
}
