using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Planning;

/// <summary>A store's facts as they would be after definitions were applied: pure, and nothing is stored.</summary>
internal static class FactsOverlay
{
    internal static PlanningFacts Apply(PlanningFacts facts, DefinitionSet files)
    {
        List<WorkerPoolRecord> pools = [.. facts.Pools];
        foreach (WorkerPoolDefinition wanted in files.Pools.Select(file => file.Value))
        {
            Put(pools, wanted);
        }

        List<WorkerRecord> workers = [.. facts.Workers];
        foreach (WorkerDefinition wanted in files.Workers.Select(file => file.Value))
        {
            Put(workers, pools, wanted, facts.Targets.Select(target => target.Id.Number));
        }

        List<DeploymentTargetRecord> targets = [.. facts.Targets];
        foreach (DeploymentTargetDefinition wanted in files.Targets.Select(file => file.Value))
        {
            Put(targets, workers, wanted);
        }

        MachinePolicyRecord[] policies =
        [
            .. facts.Policies.Where(policy => !files.Policies.Any(file => EntityName.Comparer.Equals(file.Value.Name, policy.Definition.Name))),
            .. files.Policies.Select(file => new MachinePolicyRecord(default, file.Value)),
        ];
        return facts with { Pools = pools, Workers = workers, Targets = targets, Policies = policies };
    }

    private static void Put(List<WorkerPoolRecord> pools, WorkerPoolDefinition wanted)
    {
        if (wanted.IsDefault)
        {
            for (int i = 0; i < pools.Count; i++)
            {
                pools[i] = pools[i] with { IsDefault = false };
            }
        }

        int at = pools.FindIndex(pool => EntityName.Comparer.Equals(pool.Name, wanted.Name));
        if (at < 0)
        {
            pools.Add(new(new(1 + pools.Max(pool => pool.Id.Number)), wanted.Name, wanted.Description, wanted.IsDefault, []) { Policy = wanted.Policy });
        }
        else
        {
            pools[at] = pools[at] with { Name = wanted.Name, IsDefault = pools[at].IsDefault || wanted.IsDefault, Policy = wanted.Policy };
        }
    }

    private static void Put(List<WorkerRecord> workers, List<WorkerPoolRecord> pools, WorkerDefinition wanted, IEnumerable<long> taken)
    {
        int at = workers.FindIndex(worker => EntityName.Comparer.Equals(worker.Name, wanted.Name));
        WorkerRecord? now = at < 0 ? null : workers[at];
        WorkerId id = now?.Id ?? new(1 + workers.Select(worker => worker.Id.Number).Concat(taken).DefaultIfEmpty().Max());
        WorkerHealth health = now is not null && now.Connection == wanted.Connection
            && EntityName.Comparer.Equals(now.Policy, wanted.Policy ?? MachinePolicyDefinition.DefaultName) ? now.Health : WorkerHealth.NeverChecked;
        WorkerRecord then = new(id, wanted.Name, wanted.Connection, wanted.Pools, wanted.Tags, wanted.State, health, now?.Leases ?? 0)
        {
            Policy = wanted.Policy ?? MachinePolicyDefinition.DefaultName,
        };
        if (now is null)
        {
            workers.Add(then);
        }
        else
        {
            workers[at] = then;
        }

        for (int i = 0; i < pools.Count; i++)
        {
            pools[i] = pools[i] with { Members = Members(pools[i], then) };
        }
    }

    private static void Put(List<DeploymentTargetRecord> targets, List<WorkerRecord> workers, DeploymentTargetDefinition wanted)
    {
        int at = targets.FindIndex(target => EntityName.Comparer.Equals(target.Name, wanted.Name));
        WorkerRecord? now = at < 0 ? null : targets[at].Machine;
        WorkerId id = now?.Id ?? new(1 + workers.Concat(targets.Select(target => target.Machine)).Select(machine => machine.Id.Number).DefaultIfEmpty().Max());
        string policy = wanted.Policy ?? MachinePolicyDefinition.DefaultName;
        WorkerHealth health = now is not null && now.Connection == wanted.Connection && EntityName.Comparer.Equals(now.Policy, policy) ? now.Health : WorkerHealth.NeverChecked;
        WorkerState state = wanted.Disabled ? WorkerState.Disabled : WorkerState.Enabled;
        DeploymentTargetRecord then = new(
            new(id, wanted.Name, wanted.Connection, [], wanted.Tags, state, health, now?.Leases ?? 0) { Policy = policy, IsTarget = true }, wanted.Environments)
        {
            BypassDeploymentMutex = wanted.BypassDeploymentMutex,
        };
        if (at < 0)
        {
            targets.Add(then);
        }
        else
        {
            targets[at] = then;
        }
    }

    // It keeps its place where it stays, and comes last where it enters.
    private static IReadOnlyList<PoolMember> Members(WorkerPoolRecord pool, WorkerRecord worker)
    {
        bool isIn = pool.Members.Any(member => member.Worker == worker.Id);
        bool belongs = worker.Pools.Contains(pool.Name, EntityName.Comparer);
        return isIn == belongs ? pool.Members
            : isIn ? [.. pool.Members.Where(member => member.Worker != worker.Id)]
            : [.. pool.Members, new PoolMember(worker.Id, 1 + pool.Members.Select(member => member.Position).DefaultIfEmpty().Max())];
    }
}
