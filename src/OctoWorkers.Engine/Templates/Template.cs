using OctoWorkers.Engine.Templates.Evaluation;
using OctoWorkers.Engine.Templates.Parsing;
using OctoWorkers.Engine.Templates.Syntax;

namespace OctoWorkers.Engine.Templates;

/// <summary>
/// A text with substitutions (docs/templates.md). What cannot be understood is text, since script bodies have <c>#{</c> of their
/// own; <see cref="Problems"/> tells of it.
/// </summary>
public sealed class Template
{
    private readonly LineIndex lines;

    private Template(string text, string? variable, IReadOnlyList<TemplateNode> nodes, LineIndex lines, IReadOnlyList<TemplateProblem> problems)
    {
        Text = text;
        Variable = variable;
        Nodes = nodes;
        this.lines = lines;
        Problems = problems;
    }

    /// <summary>The text as it was given.</summary>
    public string Text { get; }

    /// <summary>What is not a substitution although it looks like one; at most 100.</summary>
    public IReadOnlyList<TemplateProblem> Problems { get; }

    /// <summary>The variable whose value this is; null for any other text.</summary>
    internal string? Variable { get; }

    internal IReadOnlyList<TemplateNode> Nodes { get; }

    /// <summary>Whether a text has anything to evaluate. A text without is its own result.</summary>
    public static bool HasSubstitutions(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("#{", StringComparison.Ordinal);
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.TemplateInvalid"/>: substitutions are nested too deep.</exception>
    public static Template Parse(string text) => Parse(text, null);

    internal static Template Parse(string text, string? variable)
    {
        ArgumentNullException.ThrowIfNull(text);
        LineIndex lines = new(text);
        ProblemList problems = new();
        IReadOnlyList<TemplateNode> nodes = new TemplateParser(text, variable, lines, problems).Parse();
        return new(text, variable, nodes, lines, problems.Items);
    }

    /// <summary>Puts the values in. The time is that of this machine unless another clock is given.</summary>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.TemplateInvalid"/>: a value refers to itself, or the result grows beyond bounds.
    /// </exception>
    public TemplateResult Evaluate(ITemplateValues values, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TemplateEvaluator(values, time ?? TimeProvider.System).Evaluate(this);
    }

    internal TemplateProblem Problem(int offset, string message)
    {
        (int line, int column) = lines.Locate(offset);
        return new(Variable, line, column, message);
    }
}
