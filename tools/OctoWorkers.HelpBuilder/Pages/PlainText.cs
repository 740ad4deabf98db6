using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>Writes Markdown as the plain text that a console shows.</summary>
internal static class PlainText
{
    /// <summary>Each paragraph, list item, table row or code block as one text.</summary>
    internal static IReadOnlyList<string> Of(IEnumerable<Block> blocks) => [.. blocks.SelectMany(Of)];

    /// <summary>The text of a line, without its markup.</summary>
    internal static string Of(ContainerInline? inline)
    {
        StringBuilder text = new();
        Append(text, inline);
        return text.ToString().Trim();
    }

    /// <summary>The lines of a code block.</summary>
    internal static string Code(LeafBlock block) => block.Lines.ToString().TrimEnd();

    private static IEnumerable<string> Of(Block block) => block switch
    {
        ParagraphBlock paragraph => [Of(paragraph.Inline)],
        CodeBlock code => [Indented(Code(code))],
        ListBlock list => list.OfType<ListItemBlock>().Select((item, index) => Item(list, item, index)),
        ContainerBlock container => container.SelectMany(Of),
        _ => [],
    };

    private static string Item(ListBlock list, ListItemBlock item, int index)
    {
        string mark = list.IsOrdered ? $"{index + 1}. " : "- ";
        return mark + string.Join("\n", item.SelectMany(Of)).Replace("\n", "\n" + new string(' ', mark.Length), StringComparison.Ordinal);
    }

    private static string Indented(string code) => "    " + code.Replace("\n", "\n    ", StringComparison.Ordinal);

    private static void Append(StringBuilder text, ContainerInline? container)
    {
        foreach (Inline inline in container ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case ContainerInline inner:
                    Append(text, inner);
                    break;
            }
        }
    }
}
