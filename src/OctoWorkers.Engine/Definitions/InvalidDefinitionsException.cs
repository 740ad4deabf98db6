using System.Globalization;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Definitions that break rules: <see cref="EngineError.InvalidDefinition"/> with everything that is wrong.</summary>
/// <param name="problems">All problems, in the order of the files and of the places in them; at least one.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class InvalidDefinitionsException(IReadOnlyList<DefinitionProblem> problems, Exception? inner = null)
    : OctoWorkersException(EngineError.InvalidDefinition, Write(problems), inner: inner)
{
    private const int MostShown = 100;

    /// <summary>All problems, in the order of the files and of the places in them; never empty.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;

    private static string Write(IReadOnlyList<DefinitionProblem> problems)
    {
        ArgumentOutOfRangeException.ThrowIfZero(problems.Count);
        string shown = string.Join('\n', problems.Take(MostShown));
        return problems.Count <= MostShown
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown}\n… and {problems.Count - MostShown} more");
    }
}
