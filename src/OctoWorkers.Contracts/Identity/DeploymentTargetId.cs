namespace OctoWorkers;

/// <summary>Identifies a deployment target for as long as it is registered. It is written as <c>Machines-1</c>, as Octopus writes its own.</summary>
/// <param name="Number">A number from 1 upwards, never used twice in a store.</param>
public readonly record struct DeploymentTargetId(long Number) : IComparable<DeploymentTargetId>
{
    /// <summary>The same machine where it does not matter what it is: its connection, health and lock are kept under this.</summary>
    public WorkerId Machine => new(Number);

    private const string Prefix = "Machines-";

    /// <summary>Reads what <see cref="ToString"/> writes; letter case does not matter.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="id">The id, when the result is true.</param>
    public static bool TryParse(string? text, out DeploymentTargetId id)
    {
        bool found = IdText.TryParse(text, Prefix, out long number);
        id = new(number);
        return found;
    }

    /// <inheritdoc/>
    public int CompareTo(DeploymentTargetId other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => IdText.Write(Prefix, Number);

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(DeploymentTargetId left, DeploymentTargetId right) => left.Number < right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(DeploymentTargetId left, DeploymentTargetId right) => left.Number <= right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(DeploymentTargetId left, DeploymentTargetId right) => left.Number > right.Number;

    /// <summary>Compares by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(DeploymentTargetId left, DeploymentTargetId right) => left.Number >= right.Number;
}
