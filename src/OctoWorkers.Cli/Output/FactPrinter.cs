namespace OctoWorkers.Cli.Output;

/// <summary>Shows what is known of one thing: a fact a line, values in one column.</summary>
internal static class FactPrinter
{
    internal static void Facts(this ResultPrinter printer, IEnumerable<(string Name, Cell Value)> facts)
    {
        List<(string Name, Cell Value)> all = [.. facts];
        int width = all.Max(fact => fact.Name.Length) + 2;
        foreach ((string name, Cell value) in all)
        {
            string indent = "\n" + new string(' ', width);
            printer.Say(name.PadRight(width) + string.Join(indent, value.Text.Split('\n').Select(DisplayText.Line)));
        }
    }
}
