namespace OctoWorkers.Engine.Templates;

/// <summary>What became of a template.</summary>
/// <param name="Text">The text. What could not be evaluated is in it as it was written.</param>
/// <param name="Unresolved">The names that are not there, each once, in the order in which they were met.</param>
/// <param name="Problems">What could not be understood or carried out; at most 100.</param>
/// <param name="Used">The names whose values were looked at, whether or not they show in the text.</param>
public sealed record TemplateResult(
    string Text, IReadOnlyList<string> Unresolved, IReadOnlyList<TemplateProblem> Problems, IReadOnlySet<string> Used);
