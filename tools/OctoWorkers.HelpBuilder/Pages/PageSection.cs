using Markdig.Syntax;

namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>A heading and the blocks up to the next heading of any level.</summary>
/// <param name="Level">The heading's level.</param>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What is below it.</param>
internal sealed record PageSection(int Level, string Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>Cuts a document into its sections.</summary>
    internal static IReadOnlyList<PageSection> Cut(MarkdownDocument document)
    {
        List<PageSection> sections = [];
        List<Block> blocks = [];
        foreach (Block block in document)
        {
            if (block is HeadingBlock heading)
            {
                blocks = [];
                sections.Add(new(heading.Level, PlainText.Of(heading.Inline), blocks));
            }
            else
            {
                blocks.Add(block);
            }
        }

        return sections;
    }
}
