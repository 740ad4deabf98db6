namespace OctoWorkers.HelpBuilder.Commands;

/// <summary>A cmdlet as its assembly declares it.</summary>
/// <param name="Verb">Its verb.</param>
/// <param name="Noun">Its noun.</param>
/// <param name="ParameterSets">Its parameter sets, the default one first; at least one.</param>
/// <param name="Parameters">Every parameter once, in the order of the pages: by name.</param>
/// <param name="Outputs">Full names of the types that it says it writes.</param>
internal sealed record CommandFacts(
    string Verb,
    string Noun,
    IReadOnlyList<IReadOnlyList<ParameterFacts>> ParameterSets,
    IReadOnlyList<ParameterFacts> Parameters,
    IReadOnlyList<string> Outputs)
{
    /// <summary>What it is called.</summary>
    internal string Name => $"{Verb}-{Noun}";
}
