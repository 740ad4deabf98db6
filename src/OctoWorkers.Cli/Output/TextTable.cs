namespace OctoWorkers.Cli.Output;

/// <summary>A table to be shown.</summary>
/// <param name="columns">The columns' titles.</param>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<Cell[]> rows = [];

    /// <summary>The columns' titles.</summary>
    internal IReadOnlyList<string> Columns => columns;

    /// <summary>The rows, each with a cell for every column.</summary>
    internal IReadOnlyList<Cell[]> Rows => rows;

    /// <summary>What is said when there is no row.</summary>
    internal string? WhenEmpty { get; init; }

    /// <summary>How many of the first columns hold what is copied, such as ids, and is never broken, however narrow the terminal.</summary>
    internal int WholeColumns { get; init; }

    /// <summary>Adds a row.</summary>
    internal void Add(params Cell[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Length);
        rows.Add(cells);
    }
}
