namespace OctoWorkers.Engine.Planning;

/// <summary>All draws of one plan: a new key draws from its pool, a key seen before keeps its worker.</summary>
internal sealed class WorkerDraws
{
    private readonly PlanningFacts facts;
    private readonly WorkerEligibility eligibility;
    private readonly Dictionary<WorkerId, WorkerRecord> workers;
    private readonly Dictionary<WorkerPoolId, PoolDraw> rounds = [];
    private readonly Dictionary<LeaseKey, WorkerDraw> byKey = [];
    private readonly List<WorkerDraw> made = [];
    private readonly LeaseCounts leases = new();

    internal WorkerDraws(PlanningFacts facts, WorkerEligibility eligibility)
    {
        this.facts = facts;
        this.eligibility = eligibility;
        workers = facts.Workers.ToDictionary(worker => worker.Id);
    }

    /// <summary>The draws made so far, in order.</summary>
    internal IReadOnlyList<WorkerDraw> Made => made;

    /// <summary>The draw of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="pool">Its pool.</param>
    /// <param name="demands">What the worker must have.</param>
    /// <param name="failure">How the message begins when no worker is eligible: what cannot be done for lack of one.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleWorker"/>.</exception>
    internal WorkerDraw Draw(LeaseKey key, WorkerPoolRecord pool, IReadOnlyList<CapabilityDemand> demands, string failure)
    {
        if (!byKey.TryGetValue(key, out WorkerDraw? draw))
        {
            draw = UsesBuiltIn(pool) ? DrawBuiltIn(key, pool, demands, failure) : DrawMember(key, pool, demands, failure);
            byKey.Add(key, draw);
            made.Add(draw);
        }

        return draw;
    }

    /// <summary>Whether a worker can be drawn from a pool that meets all demands.</summary>
    internal bool CanMeet(WorkerPoolRecord pool, IReadOnlyList<CapabilityDemand> demands)
        => UsesBuiltIn(pool) ? eligibility.Unmet(facts.BuiltInWorker, demands) is null : Round(pool).CanMeet(demands);

    /// <summary>Whether the built-in worker stands in for a pool.</summary>
    internal static bool UsesBuiltIn(WorkerPoolRecord pool) => pool.IsDefault && pool.Members.Count == 0;

    private WorkerDraw DrawBuiltIn(LeaseKey key, WorkerPoolRecord pool, IReadOnlyList<CapabilityDemand> demands, string failure)
    {
        WorkerRecord builtIn = facts.BuiltInWorker;
        if (!facts.BuiltInWorkerEnabled || eligibility.IsUnreachable(builtIn.Id))
        {
            throw NoEligibleWorker.InEmptyDefaultPool(failure, pool.Name, facts.BuiltInWorkerEnabled);
        }

        if (eligibility.Unmet(builtIn, demands) is { } unmet)
        {
            throw NoEligibleWorker.BuiltInLacks(failure, pool.Name, unmet);
        }

        string check = eligibility.CapabilitiesWouldBeChecked(builtIn, demands) ? "; what it has is unknown: it would be checked" : "";
        return new(
            key, pool.Id, pool.Name, builtIn.Id, builtIn.Name, null, null, [], $"the default pool {pool.Name} has no workers, so the built-in worker{check}")
        {
            Demands = demands,
        };
    }

    private WorkerDraw DrawMember(LeaseKey key, WorkerPoolRecord pool, IReadOnlyList<CapabilityDemand> demands, string failure)
    {
        PoolDraw round = Round(pool);
        return round.Next(key, demands) ?? throw NoEligibleWorker.InPool(failure, pool, round.Skipped(demands));
    }

    private PoolDraw Round(WorkerPoolRecord pool)
    {
        if (!rounds.TryGetValue(pool.Id, out PoolDraw? round))
        {
            round = new(pool, workers, facts.Cursors.GetValueOrDefault(pool.Id), eligibility, leases);
            rounds.Add(pool.Id, round);
        }

        return round;
    }
}
