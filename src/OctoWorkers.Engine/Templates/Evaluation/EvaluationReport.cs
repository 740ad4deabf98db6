namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>What is told of an evaluation beside its text.</summary>
internal sealed class EvaluationReport
{
    private readonly List<string> unresolved = [];
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
    private readonly ProblemList problems = new();

    internal void Use(string name) => used.Add(name);

    internal void Miss(string name)
    {
        if (known.Add(name))
        {
            unresolved.Add(name);
        }
    }

    internal void Add(Template source, int offset, string message)
    {
        if (!problems.IsFull)
        {
            problems.Add(source.Problem(offset, message));
        }
    }

    internal void Add(IEnumerable<TemplateProblem> found)
    {
        foreach (TemplateProblem problem in found)
        {
            problems.Add(problem);
        }
    }

    internal TemplateResult Result(string text) => new(text, unresolved, problems.Items, used);
}
