namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>An example.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Introduction">The same in full, by paragraph.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Output">What is seen; empty when the page does not show it.</param>
internal sealed record ExampleText(string Title, IReadOnlyList<string> Introduction, string Code, string Output);
