namespace OctoWorkers.Engine.Planning;

/// <summary>
/// What the worker of a lease key must have: all that the steps that share it demand together. Where no worker meets all of that, the steps of the key
/// share a worker only with those that demand the same.
/// </summary>
internal sealed class KeyDemands(IReadOnlyList<StepNeed> needs, WorkerDraws draws)
{
    private readonly ILookup<LeaseKey, StepNeed> byKey = needs.ToLookup(need => need.Key);
    private readonly Dictionary<LeaseKey, IReadOnlyList<CapabilityDemand>?> together = [];

    /// <summary>The key that a step draws by, and the demands of that key.</summary>
    internal (LeaseKey Key, IReadOnlyList<CapabilityDemand> Demands) Of(StepNeed need)
    {
        if (!together.TryGetValue(need.Key, out IReadOnlyList<CapabilityDemand>? all))
        {
            IReadOnlyList<CapabilityDemand> union = InOrder(byKey[need.Key].SelectMany(one => one.Demands));
            all = union.Count == InOrder(need.Demands).Count || draws.CanMeet(need.Pool, union) ? union : null;
            together.Add(need.Key, all);
        }

        IReadOnlyList<CapabilityDemand> own = InOrder(need.Demands);
        return all is not null ? (need.Key, all) : (new($"{need.Key}!{string.Join('!', own.Select(demand => demand.ToString().ToUpperInvariant()))}"), own);
    }

    private static IReadOnlyList<CapabilityDemand> InOrder(IEnumerable<CapabilityDemand> demands)
        => [.. demands.DistinctBy(demand => demand.ToString(), EntityName.Comparer).OrderBy(demand => demand.ToString(), EntityName.Comparer)];
}
