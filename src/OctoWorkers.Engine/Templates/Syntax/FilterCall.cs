namespace OctoWorkers.Engine.Templates.Syntax;

/// <summary>A filter as it is called.</summary>
/// <param name="Name">Its name as it is written.</param>
/// <param name="Options">Its options in their order.</param>
/// <param name="Start">Where the name is in the text.</param>
internal sealed record FilterCall(string Name, IReadOnlyList<FilterOption> Options, int Start);
