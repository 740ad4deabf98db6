namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>What is wrong with a page.</summary>
/// <param name="Path">The file.</param>
/// <param name="Message">What was found and what to do.</param>
internal sealed record PageProblem(string Path, string Message);
