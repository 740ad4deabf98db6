namespace OctoWorkers;

/// <summary>What compacting a store gained.</summary>
/// <param name="Before">The bytes it took before.</param>
/// <param name="After">The bytes it takes now.</param>
public sealed record StoreCompaction(long Before, long After)
{
    /// <summary>The bytes that were given back to the disk; never negative.</summary>
    public long Gained => Math.Max(0, Before - After);
}
