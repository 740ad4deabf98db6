namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>From offsets in a text to lines and columns; made when the first is asked for.</summary>
internal sealed class LineIndex(string text)
{
    private List<int>? starts;

    /// <summary>Line and column, from 1.</summary>
    internal (int Line, int Column) Locate(int offset)
    {
        starts ??= Starts(text);
        int found = starts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - starts[line] + 1);
    }

    private static List<int> Starts(string text)
    {
        List<int> starts = [0];
        for (int at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            starts.Add(at + 1);
        }

        return starts;
    }
}
