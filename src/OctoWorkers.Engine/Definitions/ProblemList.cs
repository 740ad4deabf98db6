namespace OctoWorkers.Engine.Definitions;

/// <summary>The problems found so far. The same one at the same place (seen again through an alias) counts once.</summary>
internal sealed class ProblemList
{
    private readonly HashSet<DefinitionProblem> _seen = [];
    private readonly List<DefinitionProblem> _problems = [];

    internal void Add(SourceLocation location, string message)
    {
        DefinitionProblem problem = new(location, message);
        if (_seen.Add(problem))
        {
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
            Add(location, char.ToLowerInvariant(exception.Message[0]) + exception.Message[1..].TrimEnd('.'));
            return null;
        }
    }

    /// <summary>Sorts by place; files stay in the order in which they were read.</summary>
    internal static IReadOnlyList<T> InOrder<T>(IEnumerable<T> things, Func<T, SourceLocation> where)
        => [.. things.GroupBy(thing => where(thing).File).SelectMany(file => file.OrderBy(thing => where(thing).Line).ThenBy(thing => where(thing).Column))];

    internal void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new InvalidDefinitionsException(InOrder(_problems, problem => problem.Location));
        }
    }
}
