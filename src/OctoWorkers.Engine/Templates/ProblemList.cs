namespace OctoWorkers.Engine.Templates;

/// <summary>The first problems; a text that is all problems is not told of each.</summary>
internal sealed class ProblemList
{
    /// <summary>How many are kept.</summary>
    internal const int AtMost = 100;

    private readonly List<TemplateProblem> items = [];

    internal IReadOnlyList<TemplateProblem> Items => items;

    internal bool IsFull => items.Count >= AtMost;

    internal void Add(TemplateProblem problem)
    {
        if (!IsFull && !items.Contains(problem))
        {
            items.Add(problem);
        }
    }
}
