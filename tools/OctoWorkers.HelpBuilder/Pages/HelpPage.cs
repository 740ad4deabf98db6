namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>The page of a cmdlet.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Name">The cmdlet that it is about.</param>
/// <param name="Synopsis">What the cmdlet does, in one sentence.</param>
/// <param name="Description">The same in full, by paragraph.</param>
/// <param name="Parameters">The text of each parameter, by name without its dash.</param>
/// <param name="Inputs">What can be piped to it.</param>
/// <param name="Outputs">What it writes.</param>
/// <param name="Examples">Its examples.</param>
/// <param name="Links">Names of related cmdlets and topics, or addresses.</param>
internal sealed record HelpPage(
    string Path,
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters,
    IReadOnlyList<TypeText> Inputs,
    IReadOnlyList<TypeText> Outputs,
    IReadOnlyList<ExampleText> Examples,
    IReadOnlyList<string> Links);
