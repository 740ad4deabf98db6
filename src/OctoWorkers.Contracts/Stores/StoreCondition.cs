namespace OctoWorkers;

/// <summary>What an examination of a store found.</summary>
/// <param name="Location">The store.</param>
/// <param name="Problems">What is wrong, in words; empty when nothing is.</param>
public sealed record StoreCondition(string Location, IReadOnlyList<string> Problems)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Problems.Count == 0;
}
