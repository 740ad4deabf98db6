namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>What a page says of a type that is read or written.</summary>
/// <param name="TypeName">The type, or <c>None</c>.</param>
/// <param name="Text">What it is for, by paragraph.</param>
internal sealed record TypeText(string TypeName, IReadOnlyList<string> Text);
