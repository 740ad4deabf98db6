using Markdig;

namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>Markdown, with tables, more kinds of emphasis, and links for bare addresses.</summary>
internal static class MarkdownFilters
{
    private static readonly Lazy<MarkdownPipeline> Pipeline = new(() =>
        new MarkdownPipelineBuilder().UseAutoLinks().UsePipeTables().UseEmphasisExtras().Build());

    internal static Filter[] All { get; } = [new("Markdown", ToHtml), new("MarkdownToHtml", ToHtml)];

    private static FilterResult ToHtml(FilterInput input)
    {
        if (input.Options.Count > 0)
        {
            return TextFilters.TooManyOptions;
        }

        try
        {
            return Markdown.ToHtml(input.Text, Pipeline.Value);
        }
        catch (ArgumentException)
        {
            return FilterResult.Fail("was given Markdown that is nested too deep");
        }
    }
}
