using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>
/// Reads the page of a cmdlet: <c># Name</c> with the synopsis below it, then <c>## Description</c>, <c>## Parameters</c> with a <c>### -Name</c> each,
/// <c>## Inputs</c> and <c>## Outputs</c> with a <c>### Type</c> each, <c>## Examples</c> with a <c>### Title</c> each, and <c>## Links</c>.
/// </summary>
internal static class PageReader
{
    private static readonly string[] Chapters = ["Description", "Parameters", "Inputs", "Outputs", "Examples", "Links"];

    /// <summary>Reads a page.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="problems">Gets what breaks the shape.</param>
    internal static HelpPage Read(string path, string text, ICollection<PageProblem> problems)
    {
        IReadOnlyList<PageSection> sections = PageSection.Cut(Markdown.Parse(text));
        string name = Path.GetFileNameWithoutExtension(path);
        if (sections.Count == 0 || sections[0].Level != 1 || sections[0].Title != name)
        {
            problems.Add(new(path, $"The page must begin with '# {name}'."));
            return new(path, name, "", [], new Dictionary<string, IReadOnlyList<string>>(), [], [], [], []);
        }

        Dictionary<string, List<PageSection>> chapters = Chapters.ToDictionary(chapter => chapter, _ => new List<PageSection>());
        List<PageSection>? current = null;
        foreach (PageSection section in sections.Skip(1))
        {
            if (section.Level == 2 && !chapters.TryGetValue(section.Title, out current))
            {
                problems.Add(new(path, $"'## {section.Title}' is no chapter of a cmdlet's page. The chapters are {string.Join(", ", Chapters)}."));
            }

            current?.Add(section);
        }

        foreach ((string chapter, _) in chapters.Where(one => one.Value.Count == 0))
        {
            problems.Add(new(path, $"The chapter '## {chapter}' is missing."));
        }

        IEnumerable<PageSection> Below(string chapter) => chapters[chapter].Skip(1);
        return new(
            path,
            name,
            string.Join(' ', PlainText.Of(sections[0].Blocks)),
            PlainText.Of(chapters["Description"].SelectMany(one => one.Blocks)),
            ReadParameters(path, Below("Parameters"), problems),
            [.. Below("Inputs").Select(one => new TypeText(one.Title, PlainText.Of(one.Blocks)))],
            [.. Below("Outputs").Select(one => new TypeText(one.Title, PlainText.Of(one.Blocks)))],
            [.. Below("Examples").Select(ReadExample)],
            [.. chapters["Links"].SelectMany(one => one.Blocks).SelectMany(block => block.Descendants<LinkInline>()).Select(LinkText)]);
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadParameters(string path, IEnumerable<PageSection> sections, ICollection<PageProblem> problems)
    {
        Dictionary<string, IReadOnlyList<string>> texts = new(StringComparer.Ordinal);
        foreach (PageSection section in sections)
        {
            if (!section.Title.StartsWith('-') || !texts.TryAdd(section.Title[1..], PlainText.Of(section.Blocks)))
            {
                problems.Add(new(path, $"'### {section.Title}' is not the name of a parameter with its dash, or comes twice."));
            }
        }

        return texts;
    }

    private static ExampleText ReadExample(PageSection section)
    {
        FencedCodeBlock[] fences = [.. section.Blocks.OfType<FencedCodeBlock>()];
        return new(
            section.Title,
            PlainText.Of(section.Blocks.Where(block => block is not FencedCodeBlock)),
            string.Join("\n", fences.Where(fence => fence.Info == "powershell").Select(PlainText.Code)),
            string.Join("\n", fences.Where(fence => fence.Info == "text").Select(PlainText.Code)));
    }

    // A page beside this one is named as Get-Help finds it.
    private static string LinkText(LinkInline link)
        => link.Url is { } url && url.Contains("://", StringComparison.Ordinal) ? url : PlainText.Of(link);
}
