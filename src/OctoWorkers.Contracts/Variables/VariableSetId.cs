namespace OctoWorkers;

/// <summary>Identifies a variable set. It is written as <c>LibraryVariableSets-1</c>, as Octopus writes its own.</summary>
/// <param name="Number">A number from 1 upwards, never used twice in a store.</param>
public readonly record struct VariableSetId(long Number)
{
    /// <inheritdoc/>
    public override string ToString() => IdText.Write("LibraryVariableSets-", Number);
}
