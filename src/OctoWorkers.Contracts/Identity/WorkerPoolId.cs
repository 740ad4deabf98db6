namespace OctoWorkers;

/// <summary>Identifies a worker pool. It is written as <c>WorkerPools-1</c>, as Octopus writes its own.</summary>
/// <param name="Number">A number from 1 upwards, never used twice in a store.</param>
public readonly record struct WorkerPoolId(long Number) : IComparable<WorkerPoolId>
{
    private const string Prefix = "WorkerPools-";

    /// <summary>Reads what <see cref="ToString"/> writes; letter case does not matter.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="id">The id, when the result is true.</param>
    public static bool TryParse(string? text, out WorkerPoolId id)
    {
        bool found = IdText.TryParse(text, Prefix, out long number);
        id = new(number);
        return found;
    }

    /// <inheritdoc/>
    public int CompareTo(WorkerPoolId other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => IdText.Write(Prefix, Number);

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(WorkerPoolId left, WorkerPoolId right) => left.Number < right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(WorkerPoolId left, WorkerPoolId right) => left.Number <= right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(WorkerPoolId left, WorkerPoolId right) => left.Number > right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(WorkerPoolId left, WorkerPoolId right) => left.Number >= right.Number;
}
