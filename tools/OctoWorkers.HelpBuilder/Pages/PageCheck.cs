using OctoWorkers.HelpBuilder.Commands;

namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>Compares the pages with the cmdlets, so that neither is changed without the other.</summary>
internal static class PageCheck
{
    /// <summary>How many examples a page has at least.</summary>
    internal const int LeastExamples = 2;

    /// <summary>Everything that is not right.</summary>
    /// <param name="commands">The cmdlets.</param>
    /// <param name="pages">The pages.</param>
    /// <param name="folder">Where pages are.</param>
    internal static IEnumerable<PageProblem> Check(IReadOnlyList<CommandFacts> commands, IReadOnlyList<HelpPage> pages, string folder)
    {
        Dictionary<string, HelpPage> byName = pages.ToDictionary(page => page.Name, StringComparer.Ordinal);
        IEnumerable<PageProblem> missing = commands
            .Where(command => !byName.ContainsKey(command.Name))
            .Select(command => new PageProblem(Path.Combine(folder, command.Name + ".md"), $"{command.Name} has no page. Write it."));
        IEnumerable<PageProblem> orphans = pages
            .Where(page => commands.All(command => command.Name != page.Name))
            .Select(page => new PageProblem(page.Path, $"There is no cmdlet {page.Name}. Remove or rename the page."));
        return missing.Concat(orphans).Concat(commands.Where(command => byName.ContainsKey(command.Name)).SelectMany(command => Check(command, byName[command.Name])));
    }

    private static IEnumerable<PageProblem> Check(CommandFacts command, HelpPage page)
    {
        PageProblem Problem(string message) => new(page.Path, message);
        if (page.Synopsis.Length == 0)
        {
            yield return Problem("There is no synopsis below the name.");
        }

        if (page.Description.Count == 0)
        {
            yield return Problem("The description is empty.");
        }

        foreach (ParameterFacts parameter in command.Parameters.Where(one => !page.Parameters.TryGetValue(one.Name, out IReadOnlyList<string>? text) || text.Count == 0))
        {
            if (!StandardTexts.Parameters.ContainsKey(parameter.Name))
            {
                yield return Problem($"The parameter -{parameter.Name} has no text. Write it below '### -{parameter.Name}'.");
            }
        }

        foreach (string name in page.Parameters.Keys.Where(name => command.Parameters.All(one => one.Name != name)))
        {
            yield return Problem($"{command.Name} has no parameter -{name}. Remove or rename its text.");
        }

        foreach (string output in command.Outputs.Where(output => page.Outputs.All(one => one.TypeName != output)))
        {
            yield return Problem($"The output type {output} is not described. Write it below '### {output}' of the outputs.");
        }

        foreach (TypeText output in page.Outputs.Where(one => one.TypeName != "None" && !command.Outputs.Contains(one.TypeName)))
        {
            yield return Problem($"{command.Name} does not declare the output type {output.TypeName}.");
        }

        if (page.Inputs.Count == 0 || page.Outputs.Count == 0)
        {
            yield return Problem("Inputs and outputs need a type each, or '### None'.");
        }

        if (page.Examples.Count < LeastExamples)
        {
            yield return Problem($"There are {page.Examples.Count} examples; write at least {LeastExamples}.");
        }

        foreach (ExampleText example in page.Examples.Where(one => one.Code.Length == 0 || one.Introduction.Count == 0))
        {
            yield return Problem($"The example '{example.Title}' lacks an introduction or its code (```powershell).");
        }
    }
}
