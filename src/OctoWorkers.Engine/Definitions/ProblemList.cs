namespace OctoWorkers.Engine.Definitions;

/// <summary>The problems found so far. The same one at the same place (seen again through an alias) counts once.</summary>
internal sealed class ProblemList
{
    private readonly HashSet<DefinitionProblem> _seen = [];
    private readonly List<DefinitionProblem> _problems = [];
    private readonly Dictionary<string, int> _fileOrder = new(StringComparer.Ordinal);

    internal void Add(SourceLocation location, string message)
    {
        DefinitionProblem problem = new(location, message);
        if (_seen.Add(problem))
        {
            _fileOrder.TryAdd(location.File, _fileOrder.Count);
            _problems.Add(problem);
        }
    }

    /// <summary>Calls a constructor of the contracts; what it refuses becomes a problem at the place.</summary>
    internal T? Try<T>(SourceLocation location, Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (OctoWorkersException exception) when (exception.Error == EngineError.InvalidDefinition)
        {
            Add(location, exception.Message.TrimEnd('.'));
            return null;
        }
    }

    internal void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new InvalidDefinitionsException(
                [.. _problems.OrderBy(problem => _fileOrder[problem.Location.File]).ThenBy(problem => problem.Location.Line).ThenBy(problem => problem.Location.Column)]);
        }
    }
}
