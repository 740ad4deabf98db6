namespace OctoWorkers.Engine.Planning;

/// <summary>All draws of one plan: a new key draws from its pool, a key seen before keeps its worker.</summary>
internal sealed class WorkerDraws
{
    private readonly PlanningFacts facts;
    private readonly WorkerEligibility eligibility;
    private readonly Dictionary<WorkerId, WorkerRecord> workers;
    private readonly Dictionary<WorkerPoolId, RoundRobinDraw> rounds = [];
    private readonly Dictionary<LeaseKey, WorkerDraw> byKey = [];
    private readonly List<WorkerDraw> made = [];

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
    /// <param name="failure">How the message begins when no worker is eligible: what cannot be done for lack of one.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.NoEligibleWorker"/>.</exception>
    internal WorkerDraw Draw(LeaseKey key, WorkerPoolRecord pool, string failure)
    {
        if (!byKey.TryGetValue(key, out WorkerDraw? draw))
        {
            draw = pool.IsDefault && pool.Members.Count == 0 ? DrawBuiltIn(key, pool, failure) : DrawMember(key, pool, failure);
            byKey.Add(key, draw);
            made.Add(draw);
        }

        return draw;
    }

    private WorkerDraw DrawBuiltIn(LeaseKey key, WorkerPoolRecord pool, string failure)
    {
        WorkerRecord builtIn = WorkerRecord.BuiltIn;
        if (!facts.BuiltInWorkerEnabled || eligibility.IsUnreachable(builtIn.Id))
        {
            throw NoEligibleWorker.InEmptyDefaultPool(failure, pool.Name, facts.BuiltInWorkerEnabled);
        }

        return new(
            key, pool.Id, pool.Name, builtIn.Id, builtIn.Name, null, null, [], $"the default pool {pool.Name} has no workers, so the built-in worker");
    }

    private WorkerDraw DrawMember(LeaseKey key, WorkerPoolRecord pool, string failure)
    {
        if (!rounds.TryGetValue(pool.Id, out RoundRobinDraw? round))
        {
            round = new(pool, workers, facts.Cursors.GetValueOrDefault(pool.Id), eligibility);
            rounds.Add(pool.Id, round);
        }

        return round.Next(key) ?? throw NoEligibleWorker.InPool(failure, pool, round.Skipped);
    }
}
