using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Commands;

/// <summary>The workers that a command may use, by the rules of a run's plan: those of a pool, or some by name.</summary>
/// <param name="store">The store.</param>
/// <param name="health">Checks workers of unknown health first.</param>
/// <param name="selection">Draws the one whose turn it is.</param>
internal sealed class CommandWorkers(IStore store, WorkerHealthChecker health, WorkerSelection selection)
{
    private const string Failure = "The command cannot run";

    /// <summary>Those of a pool; the pool's cursor moves, and the one that is drawn comes first.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerPoolNotFound"/>, <see cref="EngineError.NoEligibleWorker"/>.</exception>
    public async Task<EligibleWorkers> OfPoolAsync(WorkerRequest request, bool isPreview, EngineSettings settings, CancellationToken cancellationToken)
    {
        if (!isPreview)
        {
            WorkerPoolRecord asked = Pool(await store.GetPoolsAsync(cancellationToken).ConfigureAwait(false), request.Pool);
            IReadOnlyList<WorkerRecord> stored = await store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            HashSet<WorkerId> members = [.. asked.Members.Select(member => member.Worker)];
            await CheckAsync(stored.Where(worker => members.Contains(worker.Id)), request.Demands, settings, cancellationToken).ConfigureAwait(false);
        }

        WorkerDraw draw = isPreview
            ? await selection.PreviewAsync(request, await store.GetWorkersAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : await selection.DrawAsync(request, settings, cancellationToken).ConfigureAwait(false);
        PlanningFacts facts = await store.GetPlanningFactsAsync(null, cancellationToken).ConfigureAwait(false);
        if (draw.Worker == WorkerRecord.BuiltInId)
        {
            return new([health.BuiltIn], []);
        }

        WorkerPoolRecord pool = facts.Pools.FirstOrDefault(one => one.Id == draw.Pool) ?? Pool(facts.Pools, request.Pool);
        PoolDraw round = new(
            pool, facts.Workers.ToDictionary(worker => worker.Id), null, isPreview ? WorkerEligibility.ForPreview : WorkerEligibility.ForRun, new LeaseCounts());
        IReadOnlyList<WorkerRecord> eligible = round.Eligible(request.Demands);
        int first = Math.Max(0, eligible.Index().FirstOrDefault(one => one.Item.Id == draw.Worker).Index);
        return eligible.Count == 0
            ? throw NoEligibleWorker.InPool(Failure, pool, round.Skipped(request.Demands))
            : new([.. eligible.Skip(first), .. eligible.Take(first)], []);
    }

    /// <summary>Those of some workers that may be used.</summary>
    public async Task<EligibleWorkers> OfAsync(
        IReadOnlyList<WorkerRecord> workers, IReadOnlyList<CapabilityDemand> demands, bool isPreview, EngineSettings settings, CancellationToken cancellationToken)
    {
        if (!isPreview)
        {
            await CheckAsync(workers.Where(worker => worker.Id != WorkerRecord.BuiltInId), demands, settings, cancellationToken).ConfigureAwait(false);
        }

        Dictionary<WorkerId, WorkerRecord> now = (await store.GetWorkersAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(worker => worker.Id);
        WorkerEligibility rules = isPreview ? WorkerEligibility.ForPreview : WorkerEligibility.ForRun;
        List<WorkerRecord> eligible = [];
        List<IneligibleWorker> ineligible = [];
        foreach (WorkerRecord asked in workers)
        {
            WorkerRecord worker = asked.Id == WorkerRecord.BuiltInId ? health.BuiltIn : now.GetValueOrDefault(asked.Id, asked);
            if ((rules.Problem(worker) ?? rules.Unmet(worker, demands)) is { } problem)
            {
                ineligible.Add(new(worker, problem.WholeText));
            }
            else
            {
                eligible.Add(worker);
            }
        }

        return new(eligible, ineligible);
    }

    private async Task CheckAsync(
        IEnumerable<WorkerRecord> workers, IReadOnlyList<CapabilityDemand> demands, EngineSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> due = await health.FindDueAsync(workers, demands, settings, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(due.Select(worker => health.CheckAsync(worker, probe: demands.Count > 0, cancellationToken))).ConfigureAwait(false);
    }

    private static WorkerPoolRecord Pool(IReadOnlyList<WorkerPoolRecord> pools, string? name)
        => name is null ? pools.First(pool => pool.IsDefault) : Named.Pool(pools, name);
}
