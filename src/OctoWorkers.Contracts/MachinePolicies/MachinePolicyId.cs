namespace OctoWorkers;

/// <summary>Identifies a machine policy. It is written as <c>MachinePolicies-1</c>, as Octopus writes its own.</summary>
/// <param name="Number">A number from 1 upwards, never used twice in a store.</param>
public readonly record struct MachinePolicyId(long Number)
{
    /// <inheritdoc/>
    public override string ToString() => IdText.Write("MachinePolicies-", Number);
}
