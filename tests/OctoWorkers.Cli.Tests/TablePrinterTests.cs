using System.Globalization;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Tests;

public sealed class TablePrinterTests
{
    [Fact]
    public void GivenPipe_WhenTableIsPrinted_ThenColumnsAlignByWhatTerminalsShow()
        => Assert.Equal("NAME  X\n日本  1\nab    2\n", Print(false, 80, ["NAME", "X"], ["日本", "1"], ["ab", "2"]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GivenLongCells_WhenPrinted_ThenNoWordIsLost(bool hasColors)
    {
        const string Words = "one two three four five six seven eight nine ten eleven twelve";
        string printed = Print(hasColors, 40, ["A", "B"], [Words, "last"]);
        Assert.All(Words.Split(' ').Append("last"), word => Assert.Contains(word, printed, StringComparison.Ordinal));
        Assert.Equal(hasColors, printed.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public void GivenWordLongerThanTheWidth_WhenPrinted_ThenItIsCutIntoLinesThatFit()
    {
        string printed = Print(false, 40, ["A", "B"], [new string('x', 100), "last"]);
        Assert.All(printed.Split('\n'), line => Assert.True(line.Length <= 40, line));
        Assert.Equal(100, printed.Count(character => character == 'x'));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GivenEscapeInACell_WhenPrinted_ThenItIsNotSentToTheTerminal(bool hasColors)
    {
        string printed = Print(hasColors, 80, ["A", "B"], ["a\u001b[2Jb", "[red]c[/]"]);
        Assert.DoesNotContain("\u001b[2J", printed, StringComparison.Ordinal);
        Assert.Contains("\"a\\u001b[2Jb\"", printed, StringComparison.Ordinal);
        Assert.Contains("[red]c[/]", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GivenNarrowTerminal_WhenIdsArePrinted_ThenTheyStayWhole(bool hasColors)
    {
        string printed = Print(hasColors, 30, 1, ["RUN", "RUNBOOK", "STATUS"], ["RunbookRuns-123456", "A runbook with a name", "Cancelling"]);
        Assert.Contains("RunbookRuns-123456", printed, StringComparison.Ordinal);
    }

    private static string Print(bool hasColors, int width, string[] columns, params string[][] rows) => Print(hasColors, width, 0, columns, rows);

    private static string Print(bool hasColors, int width, int wholeColumns, string[] columns, params string[][] rows)
    {
        TextTable table = new(columns) { WholeColumns = wholeColumns };
        foreach (string[] row in rows)
        {
            table.Add([.. row.Select(text => new Cell(text))]);
        }

        using StringWriter output = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using CommandConsole console = new(output, TextWriter.Null) { HasColors = hasColors, Width = width };
        TablePrinter.Print(console, table);
        return output.ToString();
    }
}
