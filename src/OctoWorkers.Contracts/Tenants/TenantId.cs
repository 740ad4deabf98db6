namespace OctoWorkers;

/// <summary>Identifies a tenant. It is written as <c>Tenants-1</c>, as Octopus writes its own.</summary>
/// <param name="Number">A number from 1 upwards, never used twice in a store.</param>
public readonly record struct TenantId(long Number)
{
    /// <inheritdoc/>
    public override string ToString() => IdText.Write("Tenants-", Number);
}
