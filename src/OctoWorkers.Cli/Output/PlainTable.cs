using System.Globalization;
using System.Text;

namespace OctoWorkers.Cli.Output;

/// <summary>
/// Lays a table out without colours: what files and pipes get. It fits the width by giving the widest columns less and breaking their
/// cells, between words where it can. The drawing library would take longer to load than most commands take.
/// </summary>
internal static class PlainTable
{
    private const int Gap = 2;
    private const int Narrowest = 6;

    internal static void Print(TextWriter writer, TextTable table, int width)
    {
        List<string[]> rows = [[.. table.Columns], .. table.Rows.Select(row => row.Select(cell => DisplayText.Of(cell.Text)).ToArray())];
        int[] widths = Widths(rows, width, table.WholeColumns);
        foreach (string[] row in rows)
        {
            List<string>[] cells = [.. row.Select((text, column) => Break(text, widths[column]))];
            for (int line = 0; line < cells.Max(cell => cell.Count); line++)
            {
                StringBuilder printed = new();
                for (int column = 0; column < cells.Length; column++)
                {
                    string text = line < cells[column].Count ? cells[column][line] : "";
                    printed.Append(text).Append(' ', Math.Max(0, widths[column] - WidthOf(text)) + Gap);
                }

                writer.WriteLine(printed.ToString().TrimEnd(' '));
            }
        }
    }

    private static int[] Widths(List<string[]> rows, int width, int whole)
    {
        int[] widths = new int[rows[0].Length];
        for (int column = 0; column < widths.Length; column++)
        {
            widths[column] = rows.Max(row => WidthOf(row[column]));
        }

        int surplus = widths.Sum() + (Gap * (widths.Length - 1)) - width;
        Span<int> breakable = widths.AsSpan(whole);
        while (surplus-- > 0 && Widest(breakable) is var widest and >= 0 && breakable[widest] > Narrowest)
        {
            breakable[widest]--;
        }

        return widths;
    }

    // The place of the first of the widest; -1 when there is none.
    private static int Widest(ReadOnlySpan<int> widths)
    {
        int widest = widths.Length - 1;
        for (int column = widest; column >= 0; column--)
        {
            widest = widths[column] >= widths[widest] ? column : widest;
        }

        return widest;
    }

    /// <summary>Lines of at most so many columns; a word that is longer is cut.</summary>
    internal static List<string> Break(string text, int width)
    {
        if (WidthOf(text) <= width)
        {
            return [text];
        }

        List<string> lines = [];
        StringBuilder line = new();
        int filled = 0;
        foreach (string word in text.Split(' '))
        {
            int length = WidthOf(word);
            if (filled > 0 && filled + 1 + length > width)
            {
                End();
            }
            else if (filled > 0)
            {
                line.Append(' ');
                filled++;
            }

            foreach (Rune rune in word.EnumerateRunes())
            {
                int columns = WidthOf(rune);
                if (filled > 0 && filled + columns > width)
                {
                    End();
                }

                line.Append(rune);
                filled += columns;
            }
        }

        End();
        return lines;

        void End()
        {
            lines.Add(line.ToString());
            line.Clear();
            filled = 0;
        }
    }

    private static int WidthOf(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += WidthOf(rune);
        }

        return width;
    }

    // How many columns terminals give a character: none to marks, two to East Asian scripts and emoji.
    private static int WidthOf(Rune rune)
        => rune.Value < 0x300 ? 1
            : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
            : rune.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
                or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1faff)
                or (>= 0x20000 and <= 0x3fffd) ? 2
            : 1;
}
