namespace OctoWorkers;

/// <summary>Identifies a runbook. It is written as <c>Runbooks-1</c>, as Octopus writes its own.</summary>
/// <param name="Number">A number from 1 upwards, never used twice in a store.</param>
public readonly record struct RunbookId(long Number) : IComparable<RunbookId>
{
    private const string Prefix = "Runbooks-";

    /// <summary>Reads what <see cref="ToString"/> writes; letter case does not matter.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="id">The id, when the result is true.</param>
    public static bool TryParse(string? text, out RunbookId id)
    {
        bool found = IdText.TryParse(text, Prefix, out long number);
        id = new(number);
        return found;
    }

    /// <inheritdoc/>
    public int CompareTo(RunbookId other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => IdText.Write(Prefix, Number);

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(RunbookId left, RunbookId right) => left.Number < right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(RunbookId left, RunbookId right) => left.Number <= right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(RunbookId left, RunbookId right) => left.Number > right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(RunbookId left, RunbookId right) => left.Number >= right.Number;
}
