using System.Globalization;
using Spectre.Console;

namespace OctoWorkers.Cli.Output;

/// <summary>Shows tables to people: in colours on a terminal, plain elsewhere.</summary>
internal static class TablePrinter
{
    internal static void Print(CommandConsole console, TextTable table)
    {
        if (table.Rows.Count == 0 && table.WhenEmpty is { } nothing)
        {
            console.Out.WriteLine(nothing);
        }
        else if (console.HasColors)
        {
            Draw(console, table);
        }
        else
        {
            PlainTable.Print(console.Out, table, console.Width);
        }
    }

    // Nothing else touches the drawing library.
    private static void Draw(CommandConsole console, TextTable table)
    {
        using StringWriter drawing = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IAnsiConsole screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new DrawingOutput(drawing, console.Width),
        });
        screen.Profile.Width = console.Width;
        screen.Profile.Capabilities.Unicode = true;
        screen.Write(Drawn(table));
        foreach (string line in drawing.ToString().TrimEnd('\n').Split('\n'))
        {
            console.Out.WriteLine(line.TrimEnd(' '));
        }
    }

    private static Table Drawn(TextTable table)
    {
        Table drawn = new() { Border = TableBorder.None };
        foreach (string column in table.Columns)
        {
            drawn.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold)))
            {
                Padding = new Padding(0, 0, 2, 0), NoWrap = drawn.Columns.Count < table.WholeColumns,
            });
        }

        foreach (Cell[] row in table.Rows)
        {
            drawn.AddRow(row.Select(cell => new Text(DisplayText.Of(cell.Text), StyleOf(cell.Tone))));
        }

        return drawn;
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Faint => new Style(decoration: Decoration.Dim),
        Tone.Good => new Style(Color.Green),
        Tone.Warning => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        _ => Style.Plain,
    };
}
