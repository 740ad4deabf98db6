using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Cli.Output;

/// <summary>
/// What a step would see, for people: a paragraph for each variable, because reasons are sentences and names are long. Of the engine's own only the value is shown.
/// </summary>
internal static class PreviewListing
{
    private const string Indent = "    ";

    internal static void Print(CommandConsole console, IReadOnlyList<VariablePreview> previews)
    {
        if (previews.Count == 0)
        {
            console.Out.WriteLine("There are no variables.");
        }

        foreach (VariablePreview preview in previews)
        {
            string name = DisplayText.Of(preview.Name);
            string first = preview.Conflict is null ? $"{name} = {DisplayText.Of(preview.Value ?? VariableTables.Mask)}" : $"{name}: CONFLICT";
            Write(console, first, "");
            foreach (string line in Lines(preview))
            {
                Write(console, DisplayText.Line(line), Indent);
            }
        }
    }

    private static IEnumerable<string> Lines(VariablePreview preview)
    {
        return preview.Resolved is { Winner.Source: VariableSource.System } && preview.Others.Count == 0 ? []
            : preview.Others.Select(other => $"not from {other.Variable.Place} ({VariableValues.Describe(other.Variable.Definition.Scope)}): {other.Reason}")
                .Prepend(preview.Resolved is { } resolved ? $"from {resolved.Winner.Place}: {resolved.Reason}" : preview.Conflict!);
    }

    private static void Write(CommandConsole console, string text, string indent)
    {
        foreach (string line in PlainTable.Break(text, console.Width - indent.Length))
        {
            console.Out.WriteLine($"{indent}{line}");
        }
    }
}
